import { expect, test } from 'vitest'
import type { ForwardedEvent } from '@/lib/delivery/forwarded-event'
import { seededRandom } from '@/lib/delivery/testing/chaos/seeded-random'
import { forwardedEvent } from '@/lib/delivery/testing/forwarded'
import { LEVELS } from '@/lib/event/levels'
import { digestOf, MAX_LISTED, MAX_TYPES } from './digest'
import { DigestTally, type WindowCounts } from './digest-tally'
import { toEventNote } from './event-note'

/** What the database says of a window. */
function countsOf(events: readonly ForwardedEvent[], lowestLevel: number): WindowCounts {
  const groups = new Map<string, WindowCounts['counts'][number]>()
  for (const { level, type, seq } of events) {
    const position = LEVELS.indexOf(level)
    const [, , count, first] = groups.get(`${position} ${type}`) ?? [0, '', 0, seq]
    groups.set(`${position} ${type}`, [position, type, count + 1, first, seq])
  }
  const severe = events
    .map(({ level, seq }): [number, number] => [LEVELS.indexOf(level), seq])
    .filter(([level]) => level >= lowestLevel)
    .sort(([a, m], [b, n]) => b - a || m - n)
  return { counts: [...groups.values()], severe: severe.slice(0, MAX_LISTED) }
}

test('parts of any size add up to the digest of the whole', () => {
  const random = seededRandom(6)
  for (let round = 0; round < 60; round++) {
    const total = 1 + Math.floor(random() * 400)
    const levels = 1 + Math.floor(random() * LEVELS.length)
    const types = 1 + Math.floor(random() * 2 * MAX_TYPES)
    const events = Array.from({ length: total }, (_, i) =>
      forwardedEvent({
        seq: 10 + i * 3,
        level: LEVELS[Math.floor(random() * levels)] ?? 'info',
        type: `type${Math.floor(random() * types)}`,
      }),
    )
    const tally = new DigestTally()
    for (let from = 0; from < total; ) {
      const to = from + Math.floor(random() * 90)
      tally.add(countsOf(events.slice(from, to), tally.lowestToList))
      from = to
    }
    const read = {
      moments: new Map(events.map(({ seq, receivedAt }) => [seq, receivedAt])),
      notes: new Map(events.map((event) => [event.seq, toEventNote(event)])),
    }
    expect(tally.toDigest(read)).toEqual(digestOf(events))
  }
})

test('an event a type fills no memory, and the most frequent types stay known', () => {
  const tally = new DigestTally()
  for (let part = 0; part < 20; part++)
    tally.add({
      counts: Array.from({ length: 1_000 }, (_, i) =>
        i < 3 ? [2, `often${i}`, 10, 0, 1] : [2, `once${part}-${i}`, 1, 0, 1],
      ),
      severe: [],
    })
  const { types, events } = tally.toDigest({ moments: new Map(), notes: new Map() })
  expect(types).toHaveLength(MAX_TYPES)
  expect(types.slice(0, 3)).toEqual([0, 1, 2].map((i) => [`often${i}`, 200]))
  expect(events).toBe(20 * (30 + 997))
})
