import { expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { newMemberScope } from '@/lib/auth/testing/people'
import { acceptEvent } from '@/lib/event/accept-event'
import { append } from '@/lib/trail/append'
import { toEventRow } from '@/lib/trail/event-row'
import { receivedNow } from '@/lib/trail/received-now'
import { collectDue } from './collect-due'
import { getRun } from './get'
import { requestRun } from './request'
import { makePlainSilo, PLAIN_COLUMNS, plainRow } from './testing/plain-silo'
import { handOver } from './testing/windows-silo'

const database = useTestDatabase()

test('events that come by the API while a file with the same ones is collected are stored once, and counted right', async () => {
  const scope = await newMemberScope()
  await makePlainSilo(scope, 'plain')
  const rows = 12_000
  const text = Array.from({ length: rows }, (_, n) => plainRow(n))
  await handOver(scope, 'plain', 'a.csv', [PLAIN_COLUMNS.join(';'), ...text].join('\n'))
  const { id } = await requestRun(scope, { silo: 'plain', kind: 'files' })
  let isOver = false
  const collecting = collectDue({ budgetMs: 60_000 }).finally(() => {
    isOver = true
  })
  const [tenant] = await database.owner()`select id_key from tenants where id = ${scope.tenantId}`
  const owner = { tenantId: scope.tenantId, idKey: tenant?.id_key as Uint8Array }
  // From behind, so that both meet.
  let sent = 0
  for (let from = rows; from > 0 && !isOver; from -= 200) {
    const receivedAt = receivedNow()
    const events = Array.from({ length: 200 }, (_, n) => {
      const identity = { dataSource: 'plain', externalRef: String(from - 200 + n) }
      const given = { type: 'admin', action: 'did', actor: { login: 'anna' }, ...identity }
      const acceptance = acceptEvent(given, receivedAt)
      if ('violations' in acceptance) throw new Error('the event is not valid')
      return toEventRow(owner, acceptance.accepted, 'token:test', receivedAt)
    })
    await append(events)
    sent += 200
  }
  await collecting
  const run = await getRun(scope, { id })
  const [found] = await database.owner()`
    select count(*)::int as events, count(*) filter (where origin = 'silo:plain')::int as collected
    from events where tenant_id = ${scope.tenantId} and body::json ->> 'dataSource' = 'plain'`
  expect(sent).toBeGreaterThan(0)
  expect(found?.events).toBe(rows)
  expect(run).toMatchObject({ state: 'finished', rows, collected: found?.collected, rejected: 0 })
  expect(run.collected + run.duplicates).toBe(rows)
}, 60_000)
