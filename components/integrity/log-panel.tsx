import { CopyButton } from '@/components/ui/copy-button'
import { DetailsList } from '@/components/ui/details-list'
import { formatDuration } from '@/components/ui/format-time'
import { Panel } from '@/components/ui/panel'
import { Time } from '@/components/ui/time'
import type { FoundLog } from '@/lib/integrity/log/find-log'

/** The tree as it stands. */
export function LogPanel({ log, now }: { log: FoundLog; now: number }) {
  const { size, nextSeq, firstSeq, origin, logId, epoch } = log
  const root = log.root.toString('base64')
  const signedAt = log.signedAt.toISOString()
  const backlog = nextSeq - size
  const count = (value: number) => <span className="numeric">{value.toLocaleString('en')}</span>
  const ageSeconds = (now - log.signedAt.getTime()) / 1000
  return (
    <Panel title="Tree" actions={<CopyButton text={root} label="Copy root" />}>
      <DetailsList
        rows={[
          ['Sealed events', count(size)],
          ['Not sealed yet', backlog > 0 && count(backlog)],
          [
            'Root',
            <span key="root" className="literal break-all">
              {root}
            </span>,
          ],
          [
            'Signed',
            <span key="signed" className="flex flex-wrap gap-x-3">
              <Time value={signedAt} />
              <span className="text-quiet text-xs">{formatDuration(ageSeconds)} ago</span>
            </span>,
          ],
          [
            'Origin',
            <span key="origin" className="literal break-all">
              {origin}
            </span>,
          ],
          [
            'Log id',
            <span key="id" className="literal break-all">
              {logId}
            </span>,
          ],
          ['Epoch', epoch > 0 && count(epoch)],
          [
            'Dropped by retention',
            firstSeq > 0 && `events below seq ${firstSeq.toLocaleString('en')}; their leaves stay`,
          ],
        ]}
      />
    </Panel>
  )
}
