import { DetailsList } from '@/components/ui/details-list'
import { Panel } from '@/components/ui/panel'
import { Time } from '@/components/ui/time'
import type { KindDescription } from '@/lib/forwarding/describe-kinds'
import type { DestinationView } from '@/lib/forwarding/destination-view'
import { declaredRows, generatedRows } from './declared-rows'
import { filterRows } from './filter-rows'

type Props = { destination: DestinationView; kind: KindDescription | undefined }

/** What a destination is set to, by the names of its kind's form. */
export function DestinationConfiguration({ destination: d, kind }: Props) {
  return (
    <Panel title="Configuration" description={kind?.promise}>
      <DetailsList
        rows={[
          ['Kind', d.kindLabel],
          ...declaredRows(kind?.fields ?? [], d),
          ...generatedRows(kind?.generated ?? [], d),
          ...filterRows(d, 'Log Types'),
          ['Note', d.note],
          ['Created', <Time key="created" value={d.createdAt.toISOString()} />],
          ['Changed', <Time key="changed" value={d.updatedAt.toISOString()} />],
        ]}
      />
    </Panel>
  )
}
