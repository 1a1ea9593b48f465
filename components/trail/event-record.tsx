import { CopyButton } from '@/components/ui/copy-button'
import { DetailsList } from '@/components/ui/details-list'
import { Panel } from '@/components/ui/panel'
import type { StoredEvent } from '@/lib/event/stored-event'
import { DataTree } from './data-tree'
import { FilterLink } from './filter-link'
import { LongText } from './long-text'

/** What makes the event provable: its place, its fingerprint, how it came. */
export function EventRecord({ event }: { event: StoredEvent }) {
  return (
    <Panel title="Record" actions={<CopyButton text={event.leafHash} label="Copy leaf hash" />}>
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
            <bdi key="origin" className="break-all">
              {event.origin}
            </bdi>,
          ],
        ]}
      />
    </Panel>
  )
}

type Props = { event: StoredEvent; path: string }

/** What the sender added of its own: named values, and any JSON. */
export function EventExtras({ event: { custom = {}, data }, path }: Props) {
  const named = Object.entries(custom)
  if (named.length === 0 && !data) return null
  return (
    <>
      {named.length > 0 && (
        <Panel title="Custom fields">
          <DetailsList
            rows={named.map(([name, value]) => [
              name,
              value.length > 240 || value.includes('\n') ? (
                <LongText key={name} text={value} />
              ) : (
                <FilterLink key={name} path={path} name={`custom.${name}`} value={value} />
              ),
            ])}
          />
        </Panel>
      )}
      {data && (
        <Panel title="Data">
          {Object.keys(data).length === 0 ? (
            <p className="text-quiet text-sm">An empty object.</p>
          ) : (
            <DataTree data={data} path={path} />
          )}
        </Panel>
      )}
    </>
  )
}
