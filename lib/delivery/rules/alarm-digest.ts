import { sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { type Alarm, type Digest, MAX_TYPES, sortTypes } from '@/lib/delivery/digest/digest'
import { toEventNote } from '@/lib/delivery/digest/event-note'
import type { ForwardedEvent } from '@/lib/delivery/forwarded-event'
import type { StreamKey } from '@/lib/delivery/matching-events'
import type { OpenStream } from '@/lib/delivery/open-stream'
import { readShown, type Shown } from '@/lib/delivery/show-events'
import { LEVELS, type Level } from '@/lib/event/levels'
import type { RuleAlarm } from './evaluate'
import { shownGroup } from './group-value'
import type { Rule } from './rule'

/** Groups that one message tells of: who has more under attack needs the trail. */
const MAX_TOLD = 20
/** Events listed with each. */
const MAX_LISTED = 5
/** Of bodies in memory while they are read. */
const MAX_READ_BYTES = 4 * 1024 * 1024

const toMoment = (ms: number) => new Date(ms).toISOString()

/**
 * A group is told of once in a message, however often its number was full: at the latest event, with all of its events
 * since the first.
 */
function byGroup(alarms: readonly RuleAlarm[]): RuleAlarm[] {
  const groups = new Map<string, RuleAlarm>()
  for (const alarm of alarms) {
    const before = groups.get(alarm.groupHash)
    if (!before) groups.set(alarm.groupHash, alarm)
    else {
      const { firstSeq, firstAtMs, events } = before
      groups.set(alarm.groupHash, { ...alarm, firstSeq, firstAtMs, events: events + alarm.events })
    }
  }
  return [...groups.values()]
}

/** Those with most events, in the order of the trail. */
const chooseTold = (alarms: readonly RuleAlarm[]): RuleAlarm[] =>
  [...alarms]
    .sort((a, b) => b.events - a.events || a.seq - b.seq)
    .slice(0, MAX_TOLD)
    .sort((a, b) => a.seq - b.seq)

/**
 * What a message says of alarms, at least one, masked as the open channel says. `events` sums up all of them; levels
 * and types are those of the events that made the told ones fire at last. What was erased or dropped is left out.
 */
export async function toAlarmDigest(
  key: StreamKey,
  opened: OpenStream,
  { per }: Rule,
  alarms: readonly RuleAlarm[],
  matches: number | null,
): Promise<Digest> {
  const groups = byGroup(alarms)
  const told = chooseTold(groups)
  const shown = await readListed(key, { ...opened, matches }, told)
  const counts = await countTold(key, told)
  const firsts = alarms.map(({ firstSeq }) => firstSeq)
  return {
    events: alarms.reduce((sum, { events }) => sum + events, 0),
    firstSeq: least(firsts),
    lastSeq: -least(alarms.map(({ seq }) => -seq)),
    from: toMoment(least(alarms.map(({ firstAtMs }) => firstAtMs))),
    to: toMoment(-least(alarms.map(({ atMs }) => -atMs))),
    ...counts,
    listed: [],
    alarms: told.map((alarm) => toAlarm(alarm, per, shown)),
    ...(groups.length > told.length && { moreAlarms: groups.length - told.length }),
  }
}

/** As arguments of one call ten thousand numbers might overflow the stack. */
const least = (numbers: readonly number[]) =>
  numbers.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)

function toAlarm(
  { seq, atMs, firstAtMs, events, seqs }: RuleAlarm,
  per: Rule['per'],
  shown: ReadonlyMap<number, ForwardedEvent>,
): Alarm {
  const last = shown.get(seq)
  return {
    group: last ? shownGroup(per, last) : null,
    seq,
    at: toMoment(atMs),
    since: toMoment(firstAtMs),
    events,
    listed: seqs.slice(-MAX_LISTED).flatMap((each) => {
      const event = shown.get(each)
      return event ? [toEventNote(event)] : []
    }),
  }
}

async function readListed(
  key: StreamKey,
  given: Shown,
  told: readonly RuleAlarm[],
): Promise<Map<number, ForwardedEvent>> {
  const shown = new Map<number, ForwardedEvent>()
  const wanted = told.flatMap(({ seqs }) => seqs.slice(-MAX_LISTED)).sort((a, b) => a - b)
  for (let left = wanted; left.length > 0; ) {
    const read = await readShown(key, left, MAX_READ_BYTES, given)
    for (const event of read) shown.set(event.seq, event)
    const last = read.at(-1)?.seq ?? Number.POSITIVE_INFINITY
    left = left.filter((seq) => seq > last)
  }
  return shown
}

async function countTold(
  { tenantId }: StreamKey,
  told: readonly RuleAlarm[],
): Promise<Pick<Digest, 'levels' | 'types'>> {
  const seqs = told.flatMap((alarm) => alarm.seqs)
  const rows = await database('deliver').execute<{ level: number; type: string; events: number }>(sql`
    select level, type, count(*)::int as events from events
    where tenant_id = ${tenantId}::uuid and seq = any(${`{${seqs.join()}}`}::text::bigint[]) group by level, type
    order by level, type`)
  const levels: Partial<Record<Level, number>> = {}
  const types = new Map<string, number>()
  for (const { level, type, events } of rows) {
    const name = LEVELS[level] ?? 'info'
    levels[name] = (levels[name] ?? 0) + events
    types.set(type, (types.get(type) ?? 0) + events)
  }
  return { levels, types: sortTypes(types).slice(0, MAX_TYPES) }
}
