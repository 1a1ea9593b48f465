import type { ReactNode } from 'react'

type Props = { title: string; description?: ReactNode; actions?: ReactNode; above?: ReactNode }

export function PageHeader({ title, description, actions, above }: Props) {
  return (
    <header className="mb-5 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        {above && <div className="mb-1 text-quiet text-sm">{above}</div>}
        <h1 className="wrap-anywhere font-semibold text-ink text-xl tracking-[-0.018em]">{title}</h1>
        {description && <p className="mt-1 max-w-[68ch] text-pretty text-quiet text-sm">{description}</p>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  )
}
