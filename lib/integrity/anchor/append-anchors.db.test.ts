import { beforeEach, expect, test, vi } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { ANCHOR_TENANT_ID, INSTANCE_TENANT_ID } from '@/lib/access/instance-tenant'
import type { TenantScope } from '@/lib/access/scope'
import { scopeForSystem } from '@/lib/access/scope-for-system'
import { newMemberScope } from '@/lib/auth/testing/people'
import { appendNumbered } from '@/lib/delivery/testing/deliveries'
import { evidenceBundle } from '@/lib/integrity/bundle/evidence-bundle'
import { listCheckpoints } from '@/lib/integrity/log/list-checkpoints'
import { policyText } from '@/lib/integrity/log/policy-text'
import { readKeys } from '@/lib/integrity/log/read-keys'
import { sealNow } from '@/lib/integrity/testing/seal-now'
import { serveWitness } from '@/lib/integrity/testing/serve-witness'
import { reasonOf, verifyText } from '@/lib/integrity/testing/verify-lines'
import { anchorEntry } from './anchor-entry'
import { appendAnchors } from './append-anchors'
import { askPeers } from './ask-peers'
import { anchorSettingsSchema } from './input'
import { setAnchorSettings } from './settings'

const SLOT_MS = 600_000
const database = useTestDatabase()
let scope: TenantScope
let slot = Date.now() - (Date.now() % SLOT_MS) + 1

beforeEach(async () => {
  scope = await newMemberScope()
  await sealNow()
  // Whatever the tests before left behind is anchored by now.
  slot += SLOT_MS
  await appendAnchors(slot)
  slot += SLOT_MS
})

const entries = async () => [...(await database.owner()`select * from anchor_entries order by seq`)]
const anchorsOf = async ({ tenantId }: TenantScope) => [
  ...(await database.owner()`select size::int, (data->>'seq')::int as seq, note from log_anchors
    join log_checkpoints using (tenant_id, epoch, size) where tenant_id = ${tenantId} order by size`),
]

async function bundleText(): Promise<string> {
  const { pieces } = await evidenceBundle(scope, {
    selection: { kind: 'range', from: 0, to: undefined },
    since: [],
  })
  let text = ''
  for await (const piece of pieces) text += piece.text
  return text
}

test('each log that has grown gets one entry in ten minutes, which is the hash of its checkpoint', async () => {
  const before = await entries()
  await appendNumbered(scope, 3)
  expect(await appendAnchors(slot)).toBe(1)
  await appendNumbered(scope, 3)
  expect(await appendAnchors(slot + SLOT_MS - 2)).toBe(0)
  expect(await appendAnchors(slot + SLOT_MS)).toBe(1)
  expect(await appendAnchors(slot + 2 * SLOT_MS)).toBe(0)
  slot += 2 * SLOT_MS
  const made = (await entries()).slice(before.length)
  const anchors = (await anchorsOf(scope)).slice(-2)
  expect(anchors.map(({ seq }) => seq)).toEqual(made.map(({ seq }) => Number(seq)))
  expect(anchors.map(({ note }) => anchorEntry(note).entry)).toEqual(made.map(({ entry }) => entry))
  expect(made.map(({ entry }) => entry.length)).toEqual([48, 48])
})

test('a bundle proves that its checkpoint, or one that it continues, was anchored', async () => {
  await appendNumbered(scope, 300)
  await appendAnchors(slot)
  // The anchor log is sealed like any trail; the tenant's own log goes on meanwhile.
  await appendNumbered(scope, 5)
  const policy = policyText(await readKeys(scope))
  const text = await bundleText()
  expect(await verifyText(text, { policy })).toMatchObject({ anchors: 1 })
  const { checkpoints } = await listCheckpoints(scope)
  expect(checkpoints.flatMap(({ anchors }) => anchors)).toContainEqual(
    expect.objectContaining({ kind: 'anchor-log' }),
  )
  const moved = text.replace(/("proof":"c2sp\S+index )\d+/, '$10')
  expect(await reasonOf(verifyText(moved, { policy }))).toBe('inclusion_invalid')
})

test('where the anchor log has a witness, a bundle shows what it cosigned', async () => {
  vi.stubEnv('SPOOR_ALLOW_NETWORKS', '127.0.0.1/32')
  const witness = await serveWitness()
  const [anchorLog, teller] = await Promise.all(
    [ANCHOR_TENANT_ID, INSTANCE_TENANT_ID].map((id) => scopeForSystem(id, 'CLI')),
  )
  const { anchorLog: keys } = await readKeys(scope)
  witness.logs.push(...keys)
  const input = { witnessUrl: witness.url, witnessVkey: witness.vkey }
  await setAnchorSettings(anchorLog as TenantScope, anchorSettingsSchema.parse(input), teller)
  await appendNumbered(scope, 3)
  await appendAnchors(slot)
  await sealNow()
  expect(await askPeers({ budgetMs: 20_000 })).toEqual({ anchored: 1, failed: 0 })
  const text = await bundleText()
  expect(text).toContain('— witness.example/w1 ')
  expect(await verifyText(text, { policy: policyText(await readKeys(scope)) })).toMatchObject({ anchors: 1 })
  await witness.close()
})

test('two processes at once append each checkpoint once, without a gap', async () => {
  const scopes = [scope, await newMemberScope(), await newMemberScope()]
  await sealNow()
  const before = await entries()
  for (const one of scopes) await appendNumbered(one, 2)
  const counts = await Promise.all([appendAnchors(slot), appendAnchors(slot), appendAnchors(slot)])
  expect(counts.reduce((sum, count) => sum + count)).toBe(3)
  const all = await entries()
  expect(all).toHaveLength(before.length + 3)
  expect(all.map(({ seq }) => Number(seq))).toEqual(all.map((_, i) => i))
})

test('places in the anchor log do not tell whose checkpoints they are', async () => {
  const before = await entries()
  for (let i = 0; i < 8; i++) await appendNumbered(await newMemberScope(), 1)
  await appendAnchors(slot)
  const made = (await entries()).slice(before.length).map(({ entry }) => entry.toString('hex'))
  expect(made).toHaveLength(8)
  expect(made).toEqual([...made].sort())
})

test('cut off before its commit it leaves nothing, and the next run appends all', async () => {
  const sql = database.owner()
  await appendNumbered(scope, 2)
  const before = await entries()
  await sql.unsafe(`create function die() returns trigger language plpgsql as
    'begin raise exception ''the power is gone''; end'`)
  await sql.unsafe('create trigger die before insert on log_anchors for each row execute function die()')
  await expect(appendAnchors(slot)).rejects.toThrow('the power is gone')
  await sql.unsafe('drop trigger die on log_anchors')
  expect(await entries()).toEqual(before)
  expect(await appendAnchors(slot)).toBe(1)
  await sealNow()
  const [head] =
    await sql`select h.size::int, t.next_seq::int as next from log_heads h join trail_heads t using (tenant_id)
    where tenant_id = ${ANCHOR_TENANT_ID}`
  expect(head).toEqual({ size: before.length + 1, next: before.length + 1 })
})
