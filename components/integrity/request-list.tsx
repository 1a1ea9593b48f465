import { Badge } from '@/components/ui/badge'
import { Time } from '@/components/ui/time'
import { visibleText } from '@/components/ui/visible-text'
import type { LogRequest } from '@/lib/integrity/log/requests'

type Props = { requests: LogRequest[]; kind: LogRequest['kind']; empty: string }

/** What was asked of the sealer, and whether it has done it. */
export function RequestList({ requests, kind, empty }: Props) {
  const shown = requests.filter((request) => request.kind === kind)
  if (shown.length === 0) return <p className="text-quiet text-sm">{empty}</p>
  return (
    <ul className="divide-y divide-line text-sm">
      {shown.map(({ id, reason, requestedAt, doneAt }) => (
        <li key={id} className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 py-1.5">
          <Time value={requestedAt.toISOString()} />
          {doneAt ? <Badge tone="accent">done</Badge> : <Badge tone="warning">waits for the sealer</Badge>}
          <span className="wrap-anywhere min-w-0 text-quiet">{visibleText(reason)}</span>
        </li>
      ))}
    </ul>
  )
}
