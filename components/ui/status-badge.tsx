import { Check, X } from 'lucide-react'

/** Whether what was tried also worked; nothing when the event does not say. */
export function StatusBadge({ status }: { status: 'success' | 'fail' | undefined }) {
  if (!status) return null
  const failed = status === 'fail'
  const Icon = failed ? X : Check
  return (
    <span
      className={`inline-flex items-baseline gap-1 whitespace-nowrap text-xs ${failed ? 'font-medium text-danger' : 'text-quiet'}`}
    >
      <Icon aria-hidden className="size-3.5 self-center" strokeWidth={2.25} />
      {status}
    </span>
  )
}
