import type { ReactNode } from 'react'

type Props = { title: string; children?: ReactNode; actions?: ReactNode; mark?: ReactNode }

/** Where nothing is yet: what would stand here, and how to get it. */
export function EmptyState({ title, children, actions, mark }: Props) {
  return (
    <div className="flex flex-col items-center rounded-lg border border-line border-dashed bg-surface px-6 py-14 text-center">
      {mark && <div className="mb-4 text-faint [&_svg]:size-7">{mark}</div>}
      <h2 className="font-semibold text-lg tracking-[-0.01em]">{title}</h2>
      {children && <div className="mt-1.5 max-w-[56ch] text-pretty text-quiet text-sm">{children}</div>}
      {actions && <div className="mt-5 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  )
}
