/** Drawn here, not by the icons' library: a page of events has a hundred of them. */
const MARKS = { success: 'M2 6.5 4.8 9.2 10 3', fail: 'M2.8 2.8 9.2 9.2M9.2 2.8 2.8 9.2' }

/** Whether what was tried also worked; nothing when the event does not say. */
export function StatusBadge({ status }: { status: 'success' | 'fail' | undefined }) {
  if (!status) return null
  return (
    <span
      className={`inline-flex items-baseline gap-1 whitespace-nowrap text-xs ${status === 'fail' ? 'font-medium text-danger' : 'text-quiet'}`}
    >
      <svg aria-hidden="true" viewBox="0 0 12 12" className="size-3 self-center" fill="none">
        <path d={MARKS[status]} stroke="currentColor" strokeWidth="1.4" strokeLinecap="round" />
      </svg>
      {status}
    </span>
  )
}
