import { CodeBlock } from '@/components/ui/code-block'
import { DetailsList } from '@/components/ui/details-list'
import { Panel } from '@/components/ui/panel'
import type { StoredEvent } from '@/lib/event/stored-event'

/** What makes the event provable: its place, its fingerprint, how it came. */
export function EventRecord({ event }: { event: StoredEvent }) {
  return (
    <Panel title="Record">
      <DetailsList
        rows={[
          [
            'Seq',
            <span key="seq" className="numeric">
              {event.seq.toLocaleString('en')}
            </span>,
          ],
          [
            'Id',
            <span key="id" className="literal break-all">
              {event.id}
            </span>,
          ],
          [
            'Leaf hash',
            <span key="hash" className="literal break-all">
              {event.leafHash}
            </span>,
          ],
          [
            'Came by',
            <span key="origin" className="break-all">
              {event.origin}
            </span>,
          ],
        ]}
      />
    </Panel>
  )
}

/** What the sender added of its own: named values, and any JSON. */
export function EventExtras({ event }: { event: StoredEvent }) {
  const custom = Object.entries(event.custom ?? {})
  if (custom.length === 0 && !event.data) return null
  return (
    <Panel title="Further data">
      {custom.length > 0 && <DetailsList rows={custom} />}
      {event.data && (
        <div className="mt-2">
          <CodeBlock label="data" code={JSON.stringify(event.data, null, 2)} />
        </div>
      )}
    </Panel>
  )
}
