import { beforeEach, describe, expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import { eraseValues } from '@/lib/erasure/erase-values'
import { eraseValuesSchema } from '@/lib/erasure/input'
import { eraseSlots } from '@/lib/integrity/evidence/erase-slots'
import { requireLog } from '@/lib/integrity/log/require-log'
import { policyOf, sealNow } from '@/lib/integrity/testing/seal-now'
import { reasonOf, verifyText } from '@/lib/integrity/testing/verify-lines'
import type { TrailFilter } from '@/lib/trail/filter'
import { newTokenClient, type TokenClient } from '@/lib/trail/testing/token-client'
import { evidenceBundle } from './evidence-bundle'
import type { EvidenceRequest, EvidenceSelection } from './request'

const database = useTestDatabase()
let client: TokenClient
let scope: TenantScope

const send = async (count: number, more: object = {}) => {
  const event = (i: number) => ({
    type: 'sample',
    action: 'tried',
    actor: { login: `user${i % 3}` },
    data: { i },
  })
  const events = Array.from({ length: count }, (_, i) => ({ ...event(i), ...more }))
  const { status, answer } = await client.post({ events })
  expect(status).toBe(201)
  return answer.results as unknown as { id: string; seq: number }[]
}

async function take(selection: EvidenceSelection, since: EvidenceRequest['since'] = [], who = scope) {
  const { pieces } = await evidenceBundle(who, { selection, since })
  let text = ''
  for await (const piece of pieces) text += piece.text
  return text
}

const range = (from?: number, to?: number): EvidenceSelection => ({ kind: 'range', from, to })
const only = (filter: TrailFilter): EvidenceSelection => ({ kind: 'filter', filter })
const byLogin = (login: string) => only({ actor: { include: [login], exclude: [] } })
const byType = (type: string) => only({ type: { include: [type], exclude: [] } })

const verify = async (text: string, remembered: string[] = []) =>
  verifyText(text, { policy: await policyOf(scope), remembered })
const log = () => inTenant(scope, (tx) => requireLog(tx, scope.tenantId))

/** Writes past all rules, as only a superuser can. */
async function tamper(statement: string): Promise<void> {
  await database.owner().begin(async (sql) => {
    await sql`set local session_replication_role = replica`
    await sql.unsafe(statement)
  })
}

async function changeEvent(seq: number, columns: Record<string, unknown>): Promise<void> {
  await database.owner().begin(async (sql) => {
    await sql`set local session_replication_role = replica`
    await sql`update events set ${sql(columns)} where tenant_id = ${scope.tenantId} and seq = ${seq}`
  })
}

async function erase(seqs: number[], pointers: string[]): Promise<void> {
  await eraseValues(scope, eraseValuesSchema.parse({ seqs, pointers, reasonCode: 'mistake' }))
}

/** Erases values without the notice that the log demands. */
async function eraseSilently(seq: number, pointers: string[]): Promise<void> {
  const sql = database.owner()
  const [row] = await sql`select body, seed from events where tenant_id = ${scope.tenantId} and seq = ${seq}`
  const { event, redaction } = eraseSlots(JSON.parse(row?.body), { seed: row?.seed }, pointers)
  await changeEvent(seq, { body: JSON.stringify(event), seed: null, redaction: sql.json(redaction) })
}

beforeEach(async () => {
  client = await newTokenClient()
  scope = client.scope
})

describe('a range', () => {
  test('of a whole trail is complete, in chunks and under the latest checkpoint', async () => {
    await send(700)
    await sealNow()
    const { size, note } = await log()
    const text = await take(range())
    expect(JSON.parse(text.slice(0, text.indexOf('\n')))).toMatchObject({ checkpoint: note })
    expect(await verify(text)).toMatchObject({ complete: { from: 0, to: size }, single: 0 })
  })

  test('of a part is complete, wherever it begins and ends', async () => {
    await send(600)
    await sealNow()
    const { size } = await log()
    for (const [from, to] of [
      [0, 1],
      [1, 2],
      [255, 257],
      [256, 512],
      [100, size],
      [size - 1, size],
    ] as const)
      expect(await verify(await take(range(from, to)))).toMatchObject({ complete: { from, to } })
  })

  test('of more bytes than a chunk takes is complete', async () => {
    for (let i = 0; i < 6; i++) await send(20, { payload: 'x'.repeat(60_000) })
    await sealNow()
    const { pieces, size } = await evidenceBundle(scope, { selection: range(), since: [] })
    let [text, count] = ['', 0]
    for await (const piece of pieces) {
      text += piece.text
      count++
    }
    expect(count).toBeGreaterThan(2)
    expect(await verify(text)).toMatchObject({ complete: { from: 0, to: size } })
  })

  test('that is not sealed, has no events or began earlier than the trail does now is refused', async () => {
    await send(600)
    await sealNow()
    const { size } = await log()
    await send(1)
    await expect(take(range(0, size + 1))).rejects.toMatchObject({ code: 'conflict' })
    await expect(take(range(5, 5))).rejects.toMatchObject({ code: 'invalid' })
    await tamper(`delete from events where tenant_id = '${scope.tenantId}' and seq < 256;
      update trail_heads set first_seq = 256 where tenant_id = '${scope.tenantId}'`)
    await expect(take(range(0, 300))).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('Begin at from=256'),
    })
    expect(await verify(await take(range()))).toMatchObject({ complete: { from: 256, to: size } })
  })

  test('in which retention emptied an event is refused by its number; a filter leaves it out', async () => {
    await send(20)
    await sealNow()
    const content = Buffer.alloc(32).toString('base64')
    const redaction = database.owner().json({ content })
    await changeEvent(10, { body: '{}', seed: null, redaction })
    await expect(take(range())).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('the content of 10 is gone'),
    })
    expect(await verify(await take(range(0, 10)))).toMatchObject({ complete: { from: 0, to: 10 } })
    expect(await verify(await take(byType('sample')))).toMatchObject({ single: 19 })
  })

  test('before the first checkpoint is asked to come again', async () => {
    await expect(take(range())).rejects.toMatchObject({ code: 'unavailable' })
  })
})

describe('single events', () => {
  test('of a filter are proven one by one, and none but them are in the file', async () => {
    await send(900)
    await sealNow()
    const text = await take(byLogin('user1'))
    expect(text).toContain('"proves":"presence"')
    expect(text).not.toContain('user2')
    expect(await verify(text)).toMatchObject({ single: 300 })
    expect((await verify(text)).complete).toBeUndefined()
  })

  test('a filter takes sealed events only, and says so if there is none', async () => {
    await send(10)
    await sealNow()
    await send(10, { type: 'late' })
    await expect(take(byType('late'))).rejects.toMatchObject({ code: 'not_found' })
  })

  test('by id are proven, each once, whatever order they are named in', async () => {
    const [a, b, c] = (await send(300)).filter((_, i) => [3, 100, 299].includes(i)).map(({ id }) => id)
    await sealNow()
    const text = await take({ kind: 'ids', ids: [c, a, b, a].map(String) })
    expect(await verify(text)).toMatchObject({ single: 3 })
  })

  test('of another tenant, or not sealed yet, are refused', async () => {
    const [mine] = await send(1)
    await sealNow()
    const [young] = await send(1)
    const stranger = (await newTokenClient()).scope
    await sealNow()
    const ids = [String(mine?.id)]
    await expect(take({ kind: 'ids', ids }, [], stranger)).rejects.toMatchObject({ code: 'not_found' })
    await expect(
      take({ kind: 'ids', ids: [...ids, ids[0]?.replace(/^./, 'f') ?? ''] }),
    ).rejects.toMatchObject({
      code: 'not_found',
    })
    expect(await verify(await take({ kind: 'ids', ids: [String(young?.id)] }))).toMatchObject({ single: 1 })
    const [unsealed] = await send(1)
    await expect(take({ kind: 'ids', ids: [String(unsealed?.id)] })).rejects.toMatchObject({
      code: 'conflict',
    })
  })
})

describe('what was tampered with before', () => {
  test.each([
    ['a changed value', (seq: number) => changeEvent(seq, { body: '{"type":"sample","action":"lied"}' })],
    ['a later time', (seq: number) => changeEvent(seq, { received_at: new Date(Date.now() + 1000) })],
    ['another seed', (seq: number) => changeEvent(seq, { seed: Buffer.alloc(32) })],
  ])('%s is found in a range and in a filter', async (_, change) => {
    const events = await send(50)
    await sealNow()
    await change(events[20]?.seq as number)
    expect(await reasonOf(verify(await take(range())))).toBe('root_mismatch')
    expect(await reasonOf(verify(await take(byType('sample'))))).toBe('inclusion_invalid')
  })

  test.each([20, 49])('a dropped row, number %i of 50, is named instead of ending the file', async (i) => {
    const events = await send(50)
    await sealNow()
    const seq = events[i]?.seq as number
    await tamper(`delete from events where tenant_id = '${scope.tenantId}' and seq = ${seq}`)
    await expect(take(range())).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(`Event ${seq} was sealed, and is not in the database.`),
    })
  })
})

describe('erased values', () => {
  test('are explained by the notices in a whole trail', async () => {
    const events = await send(50)
    await sealNow()
    await erase([events[3]?.seq as number], ['/actor'])
    await sealNow()
    expect(await verify(await take(range()))).toMatchObject({ redacted: 1, single: 0 })
  })

  test('bring their notices along where these lie outside, also those of erased notices', async () => {
    const events = await send(50)
    await sealNow()
    const seqs = [3, 5].map((i) => events[i]?.seq as number)
    await erase(seqs, ['/actor'])
    await sealNow()
    const { size } = await log()
    await send(10)
    await erase([size - 1], ['/actor'])
    await send(10)
    await sealNow()
    expect(await verify(await take(range(0, 40)))).toMatchObject({
      complete: { from: 0, to: 40 },
      redacted: 3,
      single: 2,
    })
    expect(await verify(await take(byType('sample')))).toMatchObject({ single: 50 + 20 + 2 })
    const ids = [String(events[5]?.id)]
    expect(await verify(await take({ kind: 'ids', ids }))).toMatchObject({ single: 3, redacted: 2 })
  })

  test('of which the notice is not sealed yet are asked to come again', async () => {
    const events = await send(10)
    await sealNow()
    await erase([events[3]?.seq as number], ['/actor'])
    const ids = [String(events[3]?.id)]
    await expect(take(range())).rejects.toMatchObject({ code: 'unavailable' })
    await expect(take({ kind: 'ids', ids })).rejects.toMatchObject({ code: 'unavailable' })
    await expect(take(byType('sample'))).rejects.toMatchObject({ code: 'unavailable' })
    expect(await verify(await take({ kind: 'ids', ids: [String(events[4]?.id)] }))).toMatchObject({
      single: 1,
    })
  })

  test('without a notice are in the file, and the verifier says so', async () => {
    const events = await send(10)
    await sealNow()
    await eraseSilently(events[3]?.seq as number, ['/actor'])
    expect(await reasonOf(verify(await take(range())))).toBe('redaction_unexplained')
  })
})

describe('older checkpoints', () => {
  test('are continued, as notes and by size, without the newline that a form took', async () => {
    await sealNow()
    await send(300)
    await sealNow()
    const { note, size } = await log()
    await send(300)
    await sealNow()
    const text = await take(range(), [note.trimEnd(), 0])
    expect(await verify(text, [note])).toMatchObject({ continues: [0, size] })
    expect(await verify(await take(byType('sample'), [note]), [note])).toMatchObject({ continues: [size] })
  })

  test('that this log contradicts are refused with what they prove', async () => {
    await send(10)
    await sealNow()
    const { note, size } = await log()
    const forked = note.replace(/\n[A-Za-z0-9+/]{43}=\n/, `\n${Buffer.alloc(32).toString('base64')}\n`)
    const ahead = note.replace(`\n${size}\n`, `\n${size + 1}\n`)
    await expect(take(range(), [forked])).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('it proves that they were changed'),
    })
    await expect(take(range(), [ahead])).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('it proves that events were taken back'),
    })
    await expect(take(range(), ['hello'])).rejects.toMatchObject({ code: 'invalid' })
    await expect(take(range(), [5])).rejects.toMatchObject({ code: 'not_found' })
  })
})
