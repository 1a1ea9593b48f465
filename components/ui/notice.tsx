import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { joinClasses } from './join-classes'

type Kind = 'info' | 'success' | 'warning' | 'error'

const KINDS: Record<Kind, { icon: typeof Info; style: string }> = {
  info: { icon: Info, style: 'border-line bg-sunken [&>svg]:text-quiet' },
  success: { icon: CircleCheck, style: 'border-accent bg-accent-soft [&>svg]:text-accent' },
  warning: { icon: TriangleAlert, style: 'border-warning bg-warning-soft [&>svg]:text-warning' },
  error: { icon: CircleAlert, style: 'border-danger bg-danger-soft [&>svg]:text-danger' },
}

type Props = { kind?: Kind; title?: string; children?: ReactNode; className?: string }

/** A message beside what it is about. Errors are read aloud at once, the others when there is a pause. */
export function Notice({ kind = 'info', title, children, className }: Props) {
  const { icon: Icon, style } = KINDS[kind]
  return (
    <div
      role={kind === 'error' ? 'alert' : 'status'}
      className={joinClasses('flex gap-2.5 rounded-md border px-3 py-2 text-sm', style, className)}
    >
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 flex-1">
        {title && <p className="font-medium">{title}</p>}
        {children}
      </div>
    </div>
  )
}
