import { number } from '@/components/collection/row-counts'
import { ReferenceName } from '@/components/ledger/reference-name'
import { Panel } from '@/components/ui/panel'
import { Table, TableFrame, Td, Th, Tr } from '@/components/ui/table'
import { visibleText } from '@/components/ui/visible-text'
import { type CalledBy as Called, MAX_CALLED_BY } from '@/lib/ledger/timeline/activity-view'

type Props = {
  references: readonly Called[]
  /** What sources are called, by their origins. */
  labels: ReadonlyMap<string, string>
  trailPath: string
}

/** The names behind which events have an entity, each with its source and number. */
export function CalledBy({ references, labels, trailPath }: Props) {
  return (
    <Panel title="What events call it">
      {references.length === 0 ? (
        <p className="text-quiet text-sm">No event names it yet.</p>
      ) : (
        <TableFrame label="What events call it" className="max-h-96 overflow-y-auto">
          <Table>
            <thead>
              <tr>
                <Th>Name</Th>
                <Th>As</Th>
                <Th className="max-sm:hidden">Source</Th>
                <Th className="text-right">Events</Th>
              </tr>
            </thead>
            <tbody>
              {references.map((reference) => {
                const { origin, role, type, name, parent, identity, refId, events } = reference
                return (
                  <Tr key={JSON.stringify([origin, role, type, name, parent, identity, refId])}>
                    <Td className="w-full min-w-32">
                      <ReferenceName reference={reference} trailPath={trailPath} />
                    </Td>
                    <Td className="whitespace-nowrap text-quiet">
                      {role === 'actor' ? 'actor' : (type ?? 'target')}
                    </Td>
                    <Td className="wrap-anywhere min-w-36 max-sm:hidden">
                      {visibleText(labels.get(origin) ?? origin)}
                    </Td>
                    <Td className="numeric text-right">{number(events)}</Td>
                  </Tr>
                )
              })}
            </tbody>
          </Table>
        </TableFrame>
      )}
      {references.length >= MAX_CALLED_BY && (
        <p className="mt-2 text-quiet text-xs">The {number(MAX_CALLED_BY)} of most events.</p>
      )}
    </Panel>
  )
}
