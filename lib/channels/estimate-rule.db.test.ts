import { expect, test } from 'vitest'
import { addChannel, usePeople } from '@/lib/delivery/testing/channels'
import { seededRandom } from '@/lib/delivery/testing/chaos/seeded-random'
import { appendNumbered } from '@/lib/delivery/testing/deliveries'
import { useDeliveries } from '@/lib/delivery/testing/use-deliveries'
import { appendDaysAgo } from '@/lib/retention/testing/append-at'
import { estimateRule } from './estimate-rule'

const given = useDeliveries()
const SENT = { type: 'relay', action: 'sent' }
const chosen = { types: ['relay'], levels: [], filter: '' }
const rule = { count: 3, withinSeconds: 60, per: 'actor', quietSeconds: 0 } as const

test('a rule would have fired as often as its channel does over the same events', async () => {
  usePeople()
  const id = await addChannel(given.scope, {
    threshold: 'true',
    ruleCount: '3',
    ruleWithinSeconds: '60',
    ruleQuietSeconds: '0',
  })
  await appendNumbered(given.scope, 100, (i) => ({ actor: { login: `a${(i * i) % 7}` } }))
  await given.run()
  const alarms =
    await given.owner()`select seq::int, at from rule_alarms where destination_id = ${id} order by seq desc`
  const estimate = await estimateRule(given.scope, { ...chosen, rule })
  expect(alarms.length).toBeGreaterThan(5)
  expect(estimate).toMatchObject({ fired: alarms.length, days: 7, isCapped: false })
  expect(estimate.latest.map(({ seq, at }) => [seq, at])).toEqual(
    alarms.slice(0, 5).map(({ seq, at }) => [seq, at.toISOString()]),
  )
  expect(estimate.latest.every(({ group }) => group?.startsWith('a'))).toBe(true)
})

test.each([
  ['without a quiet time', { count: 3, withinSeconds: 600, per: 'actor', quietSeconds: 0 }],
  ['with a quiet time', { count: 3, withinSeconds: 600, per: 'actor', quietSeconds: 1_800 }],
  ['from the first event on', { count: 1, withinSeconds: 60, per: 'ip', quietSeconds: 900 }],
  ['over all', { count: 7, withinSeconds: 3_600, per: 'all', quietSeconds: 60 }],
] as const)('and it agrees with it over many groups and hours: %s', async (_, tried) => {
  usePeople({ pace: { burst: 1_000, refillSeconds: 1, gapSeconds: 0 } })
  const { count, withinSeconds, per, quietSeconds } = tried
  const id = await addChannel(given.scope, {
    threshold: 'true',
    filter: 'minLevel=info',
    ruleCount: String(count),
    ruleWithinSeconds: String(withinSeconds),
    ruleQuietSeconds: String(quietSeconds),
    rulePer: per,
  })
  const random = seededRandom(count + quietSeconds)
  for (let minutesAgo = 600; minutesAgo > 0; minutesAgo -= 1 + random() * 12) {
    const logins = Array.from(
      { length: 1 + Math.floor(random() * 3) },
      () => 'aAbc'[Math.floor(random() * 4)],
    )
    const made = logins.map((login = 'd', i) => ({
      ...SENT,
      level: random() < 0.2 ? ('debug' as const) : ('info' as const),
      actor: { login, ...(random() < 0.8 && { ip: i % 2 ? '192.0.2.1' : '::ffff:192.0.2.1' }) },
    }))
    await appendDaysAgo(given.scope, minutesAgo / 1_440, made)
    if (random() < 0.1) await given.run()
  }
  await given.run()
  const alarms =
    await given.owner()`select seq::int, at from rule_alarms where destination_id = ${id} order by seq desc`
  const estimate = await estimateRule(given.scope, { ...chosen, filter: 'minLevel=info', rule: tried })
  expect(alarms.length).toBeGreaterThan(3)
  expect(estimate.fired).toBe(alarms.length)
  expect(estimate.latest.map(({ seq, at }) => [seq, at])).toEqual(
    alarms.slice(0, 5).map(({ seq, at }) => [seq, at.toISOString()]),
  )
})

test('it looks at seven days, by when events were received, and through the filter', async () => {
  const events = (login: string, fields = {}) =>
    Array.from({ length: 3 }, () => ({ ...SENT, actor: { login }, ...fields }))
  await appendDaysAgo(given.scope, 7.1, events('old'))
  await appendDaysAgo(given.scope, 6.9, events('new', { occurredAt: '2020-01-01T00:00:00Z' }))
  await appendDaysAgo(given.scope, 1, events('quiet', { level: 'debug' }))
  const estimate = (filter: string) => estimateRule(given.scope, { ...chosen, filter, rule })
  expect((await estimate('')).latest.map(({ group }) => group)).toEqual(['quiet', 'new'])
  expect((await estimate('minLevel=info')).latest.map(({ group }) => group)).toEqual(['new'])
  expect(await estimate('actor=nobody')).toEqual({ fired: 0, days: 7, isCapped: false, latest: [] })
})

test('without groups it names none', async () => {
  await appendNumbered(given.scope, 3)
  const { fired, latest } = await estimateRule(given.scope, { ...chosen, rule: { ...rule, per: 'all' } })
  expect([fired, latest[0]?.group]).toEqual([1, null])
})

test('a filter that is not understood is refused', async () => {
  await expect(estimateRule(given.scope, { ...chosen, filter: 'colour=red', rule })).rejects.toMatchObject({
    code: 'invalid',
  })
})
