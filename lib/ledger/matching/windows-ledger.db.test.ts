import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { newMemberScope } from '@/lib/auth/testing/people'
import { collectDue } from '@/lib/collection/runs/collect-due'
import { requestRun } from '@/lib/collection/runs/request'
import { handOver, makeWindowsSilo, windowsCsv } from '@/lib/collection/runs/testing/windows-silo'
import { findEntity } from '@/lib/ledger/entities/find'
import { removeEntity } from '@/lib/ledger/entities/remove'
import { importLedger } from '@/lib/ledger/imports/import-ledger'
import { matchTrails } from './match-trails'
import { appendEvents } from './testing/append-events'
import { expectExact } from './testing/expect-exact'

const database = useTestDatabase()
const BUDGET = { budgetMs: 120_000 }
/** Of the ledger's account pgustavo. */
const PEDRO_SID = 'S-1-5-21-4020993649-1037605423-417876593-1104'
type Row = {
  name: string | null
  refId: string | null
  display: string | null
  events: number
  id: number | null
}
const FILES = {
  organisation: 'organisations',
  identity: 'identities',
  account: 'accounts',
  group: 'groups',
} as const

test('on the recorded Windows events: 342 show Walter Ardog or Pedro Gustavo at the end of the run, and SIDs show whose they are', async () => {
  const scope = await newMemberScope()
  const { tenantId } = scope
  const owner = database.owner()
  for (const [type, file] of Object.entries(FILES)) {
    const url = new URL(`../../../e2e/data/ledger/${file}.csv`, import.meta.url)
    await importLedger(scope, {
      type: type as keyof typeof FILES,
      mode: 'full',
      name: `${file}.csv`,
      content: readFileSync(url),
    })
  }
  const { silo } = await makeWindowsSilo(scope)
  await handOver(scope, silo, 'security.csv', windowsCsv())
  await requestRun(scope, { silo, kind: 'files' })
  // Nothing but the end of the run matches them.
  await collectDue(BUDGET)
  const actors = () => owner<Row[]>`
    select r.name, r.ref_id as "refId", m.shown->>'display' as display, r.events::int as events, m.id::int as id from ledger_references r
    left join ledger_matches m on m.tenant_id = r.tenant_id and m.reference_id = r.id and m.until is null
    where r.tenant_id = ${tenantId} and r.role = 'actor' order by r.id, m.id`
  const found = await actors()
  const people = found.filter(({ name }) => ['wardog', 'pgustavo'].includes(name?.toLowerCase() ?? ''))
  expect(people.reduce((sum, { events }) => sum + events, 0)).toBe(342)
  for (const { name, display } of people)
    expect(display).toBe(name?.toLowerCase() === 'wardog' ? 'Walter Ardog' : 'Pedro Gustavo')
  // Other logs name nobody but by the SID, as the login or beside it.
  await appendEvents(scope, [{ login: PEDRO_SID }, { id: PEDRO_SID.toLowerCase() }])
  await matchTrails(BUDGET)
  const bySid = (await actors()).filter(({ name, refId }) => /^s-1-5-21/i.test(name ?? refId ?? ''))
  expect(bySid.map(({ display }) => display)).toEqual(['Pedro Gustavo', 'Pedro Gustavo'])
  await expectExact(owner, scope)

  const { id } = (await findEntity(scope, { type: 'account', key: 'THESHIRE\\wardog' })) ?? {}
  expect(id).toBeDefined()
  const before = await actors()
  await removeEntity(scope, { id: id as string })
  await matchTrails(BUDGET)
  const after = await actors()
  const isWalter = ({ display }: { display: string | null }) => display === 'Walter Ardog'
  expect(before.filter(isWalter).length).toBeGreaterThan(0)
  expect(after.filter(isWalter)).toEqual([])
  const others = (rows: typeof before) => rows.filter((row) => row.id !== null && !isWalter(row))
  expect(others(after)).toEqual(others(before))
  await expectExact(owner, scope)
}, 240_000)
