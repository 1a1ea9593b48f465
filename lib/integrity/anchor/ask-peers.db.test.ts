import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { appendNumbered } from '@/lib/delivery/testing/deliveries'
import { parseInput } from '@/lib/errors/parse-input'
import { answerWith, reset, startReceiver } from '@/lib/http/testing/loopback-receiver'
import { requireLog } from '@/lib/integrity/log/require-log'
import { policyOf, sealNow } from '@/lib/integrity/testing/seal-now'
import { serveTimestamp, type TimestampAuthority } from '@/lib/integrity/testing/serve-timestamp'
import { serveWitness, type Witness } from '@/lib/integrity/testing/serve-witness'
import { verifierOf } from '@/lib/integrity/testing/verify-lines'
import { openCheckpoint } from '@/lib/integrity/verify/open-checkpoint'
import { cosignedNote } from './anchor'
import { signedTextOf } from './anchor-entry'
import { askPeers } from './ask-peers'
import { anchorSettingsSchema } from './input'
import { readAnchors } from './read-anchors'
import { getAnchorSettings, setAnchorSettings } from './settings'

const database = useTestDatabase()
let scope: TenantScope
let witness: Witness

beforeEach(async () => {
  vi.stubEnv('SPOOR_ALLOW_NETWORKS', '127.0.0.1/32')
  await database.owner()`delete from anchor_peers`
  witness = await serveWitness()
  scope = await newMemberScope()
  await sealNow()
  witness.logs.push(...(await logVkeys()))
})
afterEach(() => witness.close())

const logVkeys = async () =>
  [...(await policyOf(scope)).matchAll(/^log (.+)$/gm)].map(([, vkey]) => vkey ?? '')
const set = (input: Record<string, unknown>) =>
  setAnchorSettings(scope, parseInput(anchorSettingsSchema, input))
const useWitness = (over: Record<string, unknown> = {}) =>
  set({ witnessUrl: witness.url, witnessVkey: witness.vkey, ...over })
const ask = () => askPeers({ budgetMs: 20_000 })
const log = () => inTenant(scope, (tx) => requireLog(tx, scope.tenantId))
const state = async () => (await getAnchorSettings(scope)).witness
const makeDue = () => database.owner()`update anchor_peers set due_at = now() - interval '1 s'`

/** The log's checkpoint with what others said of it. */
async function anchored() {
  const { epoch, size } = await log()
  const [kept] = await database.owner()`select note from log_checkpoints
    where tenant_id = ${scope.tenantId} and epoch = ${epoch} and size = ${size}`
  const anchors = await inTenant(scope, (tx) => readAnchors(tx, scope.tenantId, epoch, [size]))
  return { size, note: String(kept?.note), anchors: anchors.get(size) ?? [] }
}

/** As an auditor who believes the witness alone. */
async function openCosigned() {
  const { note, anchors } = await anchored()
  const policy = `${(await logVkeys()).map((vkey) => `log ${vkey}`).join('\n')}\nwitness w1 ${witness.vkey}\nquorum w1\n`
  return openCheckpoint(cosignedNote(note, anchors), verifierOf(policy), 'The checkpoint')
}

describe('a witness', () => {
  test('cosigns the log as it grows, each time from where it was', async () => {
    await useWitness()
    for (const count of [1, 300, 7]) {
      await appendNumbered(scope, count)
      await makeDue()
      expect(await ask()).toEqual({ anchored: 1, failed: 0 })
      const { size } = await log()
      expect(await openCosigned()).toMatchObject({ size, witnesses: ['w1'] })
      expect(await state()).toMatchObject({ anchoredSize: size, failures: 0 })
    }
    expect(witness.statuses).toEqual([200, 200, 200])
  })

  test('is asked once in the time that was set, and only when the log has grown', async () => {
    await useWitness({ witnessEveryMinutes: 10 })
    await sealNow()
    expect(await ask()).toEqual({ anchored: 1, failed: 0 })
    await appendNumbered(scope, 1)
    expect(await ask()).toEqual({ anchored: 0, failed: 0 })
    await makeDue()
    expect(await ask()).toEqual({ anchored: 1, failed: 0 })
    await makeDue()
    expect(await ask()).toEqual({ anchored: 0, failed: 0 })
    const waitMs = Number((await state())?.nextAt) - Date.now()
    expect(waitMs).toBeLessThan(600_000)
  })

  test('that knows another size than we remember says so, and gets the right proof', async () => {
    await useWitness()
    await appendNumbered(scope, 20)
    await ask()
    await appendNumbered(scope, 20)
    await makeDue()
    await database.owner()`update anchor_peers set known_size = 3`
    expect(await ask()).toEqual({ anchored: 1, failed: 0 })
    expect(witness.statuses).toEqual([200, 409, 200])
  })

  test('whose cosignature we lost before it was written down gives another one', async () => {
    const sql = database.owner()
    await useWitness()
    await appendNumbered(scope, 20)
    await sql.unsafe(`create function lose() returns trigger language plpgsql as
      'begin raise exception ''the power is gone''; end'`)
    await sql.unsafe('create trigger lose before insert on log_anchors for each row execute function lose()')
    const log = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    expect(await ask()).toEqual({ anchored: 0, failed: 1 })
    log.mockRestore()
    await sql.unsafe('drop trigger lose on log_anchors')
    await makeDue()
    expect(await ask()).toEqual({ anchored: 1, failed: 0 })
    expect(witness.statuses).toEqual([200, 409, 200])
    expect((await anchored()).anchors).toHaveLength(1)
    expect(await openCosigned()).toMatchObject({ witnesses: ['w1'] })
  })

  test('that remembers more than we have, or something else, is quoted in words', async () => {
    await useWitness()
    await appendNumbered(scope, 20)
    const { origin, size } = await log()
    witness.memory.set(origin, { size: size + 5, root: 'r'.repeat(32) })
    expect(await ask()).toEqual({ anchored: 0, failed: 1 })
    expect((await state())?.failMessage).toContain('rolled back')
    witness.memory.set(origin, { size: size - 1, root: 'r'.repeat(32) })
    await makeDue()
    await ask()
    expect((await state())?.failMessage).toContain('does not continue')
    witness.memory.set(origin, { size, root: 'r'.repeat(32) })
    await makeDue()
    await ask()
    expect((await state())?.failMessage).toContain('another log')
    expect(await state()).toMatchObject({ failures: 3, anchoredAt: null })
    expect((await anchored()).anchors).toEqual([])
  })

  test('that does not know the log, or signs with another key, is refused with what to do', async () => {
    await useWitness()
    const [known = ''] = witness.logs.splice(0)
    await sealNow()
    await ask()
    expect((await state())?.failMessage).toContain('verifier key of this log')
    witness.logs.push(known)
    const other = await serveWitness('witness.example/other')
    await useWitness({ witnessVkey: other.vkey })
    await sealNow()
    expect(await ask()).toEqual({ anchored: 0, failed: 1 })
    expect((await state())?.failMessage).toContain('Check the key')
    await other.close()
  })

  test('that is down, slow to come back or cuts the line is left alone ever longer, and sealing goes on', async () => {
    const receiver = await startReceiver()
    await useWitness({ witnessUrl: receiver.url })
    for (const behaviour of [answerWith(500), reset, answerWith(200, 'hello')]) {
      receiver.answer(behaviour)
      await appendNumbered(scope, 1)
      await makeDue()
      expect(await ask()).toEqual({ anchored: 0, failed: 1 })
    }
    const found = await state()
    expect(found).toMatchObject({ failures: 3, anchoredSize: null, failMessage: expect.stringMatching(/\w/) })
    expect(Number(found?.nextAt) - Date.now()).toBeGreaterThan(100_000)
    const { size } = await log()
    expect(size).toBeGreaterThan(2)
    await receiver.close()
  })

  test('is asked by one of two processes', async () => {
    await useWitness()
    await appendNumbered(scope, 1)
    const counts = await Promise.all([ask(), ask(), ask()])
    expect(counts.reduce((sum, { anchored }) => sum + anchored, 0)).toBe(1)
    expect(witness.statuses).toEqual([200])
  })
})

describe('a time-stamp authority', () => {
  let authority: TimestampAuthority
  beforeEach(async () => {
    authority = await serveTimestamp()
  })
  afterEach(() => authority.close())

  test('stamps the checkpoint, and OpenSSL verifies what we stored', async () => {
    await set({ timestampUrl: authority.url })
    await appendNumbered(scope, 20)
    expect(await ask()).toEqual({ anchored: 1, failed: 0 })
    const { note, anchors } = await anchored()
    const [stamp] = anchors
    if (stamp?.kind !== 'rfc3161') throw new Error('there is no stamp')
    const response = Buffer.from(stamp.response, 'base64')
    expect(authority.verify(response, signedTextOf(note))).toContain('OK')
    expect(() => authority.verify(response, `${signedTextOf(note)} `)).toThrow('message imprint mismatch')
    expect(Math.abs(Date.parse(stamp.time) - Date.now())).toBeLessThan(60_000)
    expect((await getAnchorSettings(scope)).timestamp).toMatchObject({ failures: 0, failMessage: null })
  })

  test('that answers something else is refused with the reason', async () => {
    await set({ timestampUrl: authority.url })
    await appendNumbered(scope, 1)
    let old: Buffer = Buffer.alloc(0)
    const spoilers: [string, (response: Buffer) => Buffer][] = [
      ['is no time stamp', (response) => response.subarray(0, -1)],
      ['goes on after its end', (response) => Buffer.concat([response, Buffer.of(5, 0)])],
      ['gives no time stamp', () => Buffer.from('30053003020102', 'hex')],
      ['is no time stamp', () => Buffer.from('<html>')],
      [
        'is no time stamp',
        (response) => {
          old = response
          return Buffer.alloc(0)
        },
      ],
      ['the answer to another request', () => old],
    ]
    for (const [words, spoil] of spoilers) {
      authority.spoil(spoil)
      await makeDue()
      expect(await ask()).toEqual({ anchored: 0, failed: 1 })
      expect((await getAnchorSettings(scope)).timestamp?.failMessage).toContain(words)
    }
    expect((await anchored()).anchors).toEqual([])
  })
})
