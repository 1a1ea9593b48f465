import { DetailsList } from '@/components/ui/details-list'
import { LevelBadge } from '@/components/ui/level-badge'
import { Panel } from '@/components/ui/panel'
import { Time } from '@/components/ui/time'
import type { DestinationView } from '@/lib/forwarding/destination-view'

const BODIES: Record<DestinationView['body'], string> = {
  auto: 'automatic, by the address',
  json_array: 'JSON array',
  ndjson: 'NDJSON, one event a line',
}

export function DestinationConfiguration({ destination: d }: { destination: DestinationView }) {
  return (
    <Panel title="Configuration">
      <DetailsList
        rows={[
          [
            'URL',
            <span key="url" className="literal wrap-anywhere">
              {d.url}
            </span>,
          ],
          ['API Header Name', d.apiHeaderName ?? 'none'],
          ['API Key', d.hasApiKey ? 'stored, never shown' : 'none'],
          ['Log Types', d.types.length > 0 ? d.types.join(', ') : 'all'],
          ['Log Levels', d.levels.length > 0 ? <Levels key="levels" levels={d.levels} /> : 'all'],
          ['Body', BODIES[d.body]],
          ['Note', d.note],
          ['Created', <Time key="created" value={d.createdAt.toISOString()} />],
          ['Changed', <Time key="changed" value={d.updatedAt.toISOString()} />],
        ]}
      />
    </Panel>
  )
}

function Levels({ levels }: { levels: DestinationView['levels'] }) {
  return (
    <span className="flex flex-wrap gap-x-3 gap-y-1">
      {levels.map((level) => (
        <LevelBadge key={level} level={level} />
      ))}
    </span>
  )
}
