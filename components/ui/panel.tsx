import type { ReactNode } from 'react'

type Props = { title: string; description?: ReactNode; actions?: ReactNode; children: ReactNode }

/** A titled part of a page. */
export function Panel({ title, description, actions, children }: Props) {
  return (
    <section className="rounded-lg border border-line bg-surface">
      <div className="flex flex-wrap items-center justify-between gap-2 px-4 pt-3">
        <div>
          <h2 className="font-semibold text-base tracking-[-0.006em]">{title}</h2>
          {description && <p className="mt-0.5 max-w-[68ch] text-quiet text-sm">{description}</p>}
        </div>
        {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
      </div>
      <div className="px-4 pt-2 pb-4">{children}</div>
    </section>
  )
}
