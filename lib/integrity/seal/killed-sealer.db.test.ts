import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { scrubTrail } from '@/lib/integrity/scrub/run-scrub'
import { readScrubStatus } from '@/lib/integrity/scrub/scrub-status'
import { appendSamples } from '@/lib/integrity/scrub/testing/sealed-trail'
import { logOf } from '@/lib/integrity/testing/log-client'
import { PublishedNotes } from '@/lib/integrity/testing/published-notes'
import { policyOf } from '@/lib/integrity/testing/seal-now'
import { type SealerChild, startSealer } from '@/lib/integrity/testing/sealer-child'
import { readHead } from '@/lib/trail/head'

const database = useTestDatabase()
let dir: string
let folder: string
let children: SealerChild[]

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'spoor-torture-'))
  folder = join(dir, 'published')
  children = []
})
afterEach(async () => {
  await Promise.all(children.map((child) => child.kill()))
  rmSync(dir, { recursive: true })
})

async function start(where?: string, published = folder): Promise<SealerChild> {
  const child = await startSealer(database.url(), published, where)
  children.push(child)
  return child
}

async function untilSealed(scope: TenantScope): Promise<void> {
  const deadline = Date.now() + 20_000
  for (;;) {
    const [head] = await database.owner()`
      select size::int as size, refused from log_heads where tenant_id = ${scope.tenantId}`
    if (head?.refused) throw new Error(head.refused)
    if (head?.size === (await readHead(scope))) return
    if (Date.now() > deadline) throw new Error(`only ${head?.size} events are sealed after 20 s`)
    await sleep(50)
  }
}

/** Seals what is there by a sealer that nobody kills. */
async function sealInPeace(scope: TenantScope): Promise<void> {
  const child = await start()
  await untilSealed(scope)
  await child.end()
}

async function append(scope: TenantScope, count: number): Promise<void> {
  const next = await readHead(scope)
  await appendSamples(scope.tenantId, next, next + count)
}

/** No fork, no gap, no event unsealed, and the scrubber finds nothing. */
async function expectWhole(scope: TenantScope, notes: PublishedNotes): Promise<void> {
  await untilSealed(scope)
  await notes.look()
  notes.lookInto(folder, (await logOf(scope)).logId)
  const checkpoints = await notes.verify(await policyOf(scope))
  expect(checkpoints.at(-1)?.size).toBe(await readHead(scope))
  await scrubTrail(scope)
  expect((await readScrubStatus(scope)).failures).toEqual([])
}

const STEPS = ['before signing', 'after signing', 'after the commit', 'within the record', 'after the record']

test.each(STEPS)(
  'a sealer killed %s leaves no fork, no gap and no event unsealed',
  async (where) => {
    const scope = await newMemberScope()
    const notes = new PublishedNotes(database, scope.tenantId)
    await sealInPeace(scope)
    await notes.look()
    // 300 more end a tile, and the next time the edge alone.
    for (const more of [300, 100]) {
      await append(scope, more)
      const child = await start(where)
      await child.stopped
      await notes.look()
      await append(scope, 10)
      await child.kill()
      await notes.look()
      notes.lookInto(folder, (await logOf(scope)).logId)
      await append(scope, 10)
      await sealInPeace(scope)
      await notes.look()
    }
    await expectWhole(scope, notes)
  },
  90_000,
)

test('a sealer killed while it opens a log leaves none behind or a whole one', async () => {
  const scope = await newMemberScope()
  const child = await start('after signing')
  await child.stopped
  await child.kill()
  expect(await database.owner()`select from logs where tenant_id = ${scope.tenantId}`).toHaveLength(0)
  await sealInPeace(scope)
  await expectWhole(scope, new PublishedNotes(database, scope.tenantId))
}, 60_000)

/** Where the database itself is in the middle of a seal: the statement, and the commit. */
const IN_DATABASE = [
  ['writes the head', 'create trigger slow before update on log_heads for each row execute function slow()'],
  [
    'commits',
    'create constraint trigger slow after update on log_heads initially deferred for each row execute function slow()',
  ],
] as const

test.each(IN_DATABASE)(
  'a sealer killed while it %s leaves no fork, no gap and no event unsealed',
  async (_, trigger) => {
    const scope = await newMemberScope()
    const owner = database.owner()
    const notes = new PublishedNotes(database, scope.tenantId)
    await sealInPeace(scope)
    await append(scope, 300)
    await owner.unsafe(`create function slow() returns trigger language plpgsql as
      'begin perform pg_sleep(1.5); return new; end'; ${trigger}`)
    const child = await start()
    const isSleeping = async () =>
      (
        await owner`select from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'`
      ).length > 0
    while (!(await isSleeping())) await sleep(20)
    await child.kill()
    await append(scope, 10)
    while (await isSleeping()) await sleep(20)
    await owner.unsafe('drop function slow() cascade')
    await notes.look()
    await sealInPeace(scope)
    await expectWhole(scope, notes)
  },
  60_000,
)

test('two sealers at once, of which one is killed again and again, while events come in: one log', async () => {
  const scopes = [await newMemberScope(), await newMemberScope()]
  const notes = scopes.map(({ tenantId }) => new PublishedNotes(database, tenantId))
  const lasting = await start()
  const endMs = Date.now() + 20_000
  const others = ['other-0', 'other-1', 'other-2'].map((name) => join(dir, name))
  const ingest = async (scope: TenantScope) => {
    while (Date.now() < endMs) {
      await append(scope, 1 + Math.floor(Math.random() * 120))
      await sleep(30)
    }
  }
  const look = async () => {
    while (Date.now() < endMs) {
      for (const one of notes) await one.look()
      await sleep(20)
    }
  }
  const kill = async () => {
    for (const other of others) {
      const child = await start('run', other)
      await sleep(1_500 + Math.random() * 1_000)
      await child.kill()
    }
  }
  await Promise.all([...scopes.map(ingest), look(), kill()])
  for (const scope of scopes) await untilSealed(scope)
  await lasting.end()
  for (const [i, scope] of scopes.entries()) {
    const own = notes[i] as PublishedNotes
    const { logId } = await logOf(scope)
    for (const other of others) own.lookInto(other, logId)
    await expectWhole(scope, own)
    expect(own.notes.length).toBeGreaterThan(20)
  }
}, 90_000)
