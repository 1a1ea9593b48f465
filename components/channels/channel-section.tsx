import { type SectionData, SectionView } from '@/components/forwarding/section-view'
import type { AlarmView } from '@/lib/channels/list-alarms'
import type { ShownView } from '@/lib/channels/list-shown'
import type { FormAction } from '@/lib/errors/form-state'
import { AlarmsTable } from './alarms-table'
import { ChannelEventsTable } from './channel-events-table'
import { ShownTable } from './shown-table'

/** What a tab of a channel lists; the first one lists nothing. */
export type ChannelSectionData =
  | SectionData
  | ({ next: string | null } & (
      | { section: 'channel' }
      | { section: 'alarms'; alarms: AlarmView[] }
      | { section: 'shown'; shown: ShownView[] }
    ))

type Props = {
  id: string
  data: ChannelSectionData
  now: number
  /** Of the workspace. */
  path: string
  cancelReplay: FormAction<void> | undefined
}

/** The chosen list of a channel, or what it would show. */
export function ChannelSection({ id, data, now, path, cancelReplay }: Props) {
  const trailPath = `${path}/trail`
  if (data.section === 'channel') return null
  if (data.section === 'alarms')
    return data.alarms.length === 0 ? (
      <Nothing>None yet: an alarm stands here once the threshold was passed.</Nothing>
    ) : (
      <AlarmsTable alarms={data.alarms} trailPath={trailPath} />
    )
  if (data.section === 'shown')
    return data.shown.length === 0 ? (
      <Nothing>None yet: a notification stands here once it was rung.</Nothing>
    ) : (
      <ShownTable shown={data.shown} bellPath={`${path}/notifications`} />
    )
  if ((data.section === 'matched' || data.section === 'unsent') && data.rows.length > 0)
    return (
      <ChannelEventsTable
        label={data.section === 'matched' ? 'Matched events' : 'Unsent events'}
        rows={data.rows}
        trailPath={trailPath}
      />
    )
  return <SectionView id={id} data={data} now={now} trailPath={trailPath} cancelReplay={cancelReplay} />
}

function Nothing({ children }: { children: string }) {
  return <p className="text-quiet text-sm">{children}</p>
}
