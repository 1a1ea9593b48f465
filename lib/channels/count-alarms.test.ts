import { expect, test } from 'vitest'
import { evaluate } from '@/lib/delivery/rules/evaluate'
import { countAlarms } from './count-alarms'

const START_MS = Date.UTC(2026, 10, 20)
const eventsOf = (count: number, groups: number) =>
  Array.from({ length: count }, (_, seq) => ({
    seq,
    receivedAtMs: START_MS + seq * 1_000,
    groupHash: `a${seq % groups}`,
  }))

test('in parts it counts as in one go', async () => {
  const events = eventsOf(20_000, 7)
  for (const quietSeconds of [0, 900]) {
    const rule = { count: 12, withinSeconds: 90, per: 'actor', quietSeconds } as const
    const { alarms } = evaluate(rule, new Map(), events)
    expect(alarms.length).toBeGreaterThan(100)
    expect(await countAlarms(rule, events)).toEqual({
      fired: alarms.length,
      latest: alarms.slice(-5).reverse(),
    })
  }
})

test('whoever tries a rule on very many events keeps nobody else waiting', async () => {
  let others = 0
  let isOver = false
  const goOn = () => {
    others++
    if (!isOver) setImmediate(goOn)
  }
  setImmediate(goOn)
  const rule = { count: 1, withinSeconds: 60, per: 'actor', quietSeconds: 3_600 } as const
  const { fired } = await countAlarms(rule, eventsOf(50_000, 50_000))
  isOver = true
  expect(fired).toBe(50_000)
  expect(others).toBeGreaterThanOrEqual(10)
})
