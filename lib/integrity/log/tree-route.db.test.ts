import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { ANCHOR_TENANT_ID } from '@/lib/access/instance-tenant'
import type { TenantScope } from '@/lib/access/scope'
import { headersOfSession, newMemberScope } from '@/lib/auth/testing/people'
import { eraseSlots } from '@/lib/integrity/evidence/erase-slots'
import { fillTrail, logOf, serveRoute } from '@/lib/integrity/testing/log-client'
import { policyOf, sealNow } from '@/lib/integrity/testing/seal-now'
import { tamperWith } from '@/lib/integrity/testing/tamper'
import { reasonOf, verifierOf } from '@/lib/integrity/testing/verify-lines'
import { naiveLeaves } from '@/lib/integrity/tree/testing/naive-tree'
import { checkLog } from '@/lib/integrity/verify/fsck'
import { openCheckpoint } from '@/lib/integrity/verify/open-checkpoint'
import { Skips } from '@/lib/integrity/verify/skips'
import { createToken } from '@/lib/tokens/create'
import { httpResource } from '@/scripts/verify-inputs'
import { requestEpoch } from './requests'
import { treeLane } from './tree-route'

const database = useTestDatabase()
const dir = mkdtempSync(join(tmpdir(), 'spoor-log-'))
let server: Awaited<ReturnType<typeof serveRoute>>

beforeAll(async () => {
  server = await serveRoute(treeLane)
})
afterAll(async () => {
  await server.close()
  rmSync(dir, { recursive: true })
})

async function newTenant() {
  const scope = await newMemberScope()
  const { secret } = await createToken(scope, { name: 'auditor', scopes: ['events:read'] })
  const tokenFile = join(dir, randomUUID())
  writeFileSync(tokenFile, secret)
  return { scope, secret, tokenFile }
}
type Tenant = Awaited<ReturnType<typeof newTenant>>

const ask = (logId: string, path: string, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/log/${logId}/${path}`, { headers })
const bearer = ({ secret }: Tenant) => ({ authorization: `Bearer ${secret}` })

async function fsck({ scope, tokenFile }: Tenant, logId: string, policy?: string) {
  const fetchResource = httpResource(`${server.url}/log/${logId}`, tokenFile)
  const verifier = verifierOf(policy ?? (await policyOf(scope)))
  return checkLog(fetchResource, verifier, new Skips(new Set()))
}

async function fillAndSeal(scope: TenantScope, size: number): Promise<string> {
  await fillTrail(scope, size)
  await sealNow()
  return (await logOf(scope)).logId
}

const tamper = (change: string) => tamperWith(database, change)

describe('a log as it is served', () => {
  test('is the one that was signed, at sizes around every boundary of tiles', async () => {
    const tenant = await newTenant()
    for (const size of [127, 128, 129, 255, 256, 257, 511, 512, 513]) {
      const logId = await fillAndSeal(tenant.scope, size)
      expect(await fsck(tenant, logId)).toMatchObject({ checkpoint: { size }, entries: size })
    }
  })

  test('has the tiles of its size and no others', async () => {
    const tenant = await newTenant()
    const logId = await fillAndSeal(tenant.scope, 513)
    const bytes = async (path: string) => {
      const response = await ask(logId, path, bearer(tenant))
      return response.ok ? (await response.arrayBuffer()).byteLength : response.status
    }
    for (const [path, answer] of [
      ['tile/0/000', 8192],
      ['tile/0/001', 8192],
      ['tile/0/001.p/7', 7 * 32],
      ['tile/0/002.p/1', 32],
      ['tile/1/000.p/1', 32],
      ['tile/1/000.p/2', 64],
      ['tile/entries/002.p/1', 150],
      ['tile/entries/001', 256 * 150],
      // Never of the full width as a partial, nothing beyond the size, no level above the root.
      ['tile/0/000.p/256', 404],
      ['tile/0/002', 404],
      ['tile/0/002.p/2', 404],
      ['tile/0/003.p/1', 404],
      ['tile/1/000', 404],
      ['tile/1/000.p/3', 404],
      ['tile/2/000.p/1', 404],
      ['tile/entries/002', 404],
      ['tile/entries/002.p/2', 404],
      // Other spellings are other resources, of which there are none.
      ['tile/0/0', 404],
      ['tile/0/x000/000', 404],
      ['tile/00/000', 404],
      ['tile/0/002.p/01', 404],
      ['tile/entries/', 404],
      ['tile/64/000', 404],
      ['', 404],
      ['keys', 404],
    ] as const)
      expect([path, await bytes(path)]).toEqual([path, answer])
  })

  test('exactly 256 events have no partial tile at level 0', async () => {
    const tenant = await newTenant()
    const logId = await fillAndSeal(tenant.scope, 256)
    const status = async (path: string) => (await ask(logId, path, bearer(tenant))).status
    expect(await status('tile/0/001.p/1')).toBe(404)
    expect(await status('tile/0/000')).toBe(200)
    expect(await status('tile/1/000.p/1')).toBe(200)
  })

  test('writes large indexes in groups of three digits', async () => {
    const tenant = await newTenant()
    const logId = await fillAndSeal(tenant.scope, 20)
    const data = Buffer.concat(naiveLeaves(256))
    const key = { tenant_id: tenant.scope.tenantId, level: 0, idx: 1_234_067 }
    const sql = database.owner()
    await sql`insert into log_tiles ${sql({ ...key, data, root: Buffer.alloc(32) })}`
    await tamper(`update log_heads set size = ${1_234_068 * 256} where tenant_id = '${key.tenant_id}'`)
    const response = await ask(logId, 'tile/0/x001/x234/067', bearer(tenant))
    expect(Buffer.from(await response.arrayBuffer())).toEqual(data)
    expect((await ask(logId, 'tile/0/1234067', bearer(tenant))).status).toBe(404)
  })

  test('tells caches what never changes, and packs entries for who takes gzip', async () => {
    const tenant = await newTenant()
    const logId = await fillAndSeal(tenant.scope, 300)
    const tile = await ask(logId, 'tile/0/000', bearer(tenant))
    expect(Object.fromEntries(tile.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'cache-control': 'private, max-age=31536000, immutable',
    })
    expect(tile.headers.has('content-encoding')).toBe(false)
    const packed = await ask(logId, 'tile/entries/000', { ...bearer(tenant), 'accept-encoding': 'gzip' })
    expect(packed.headers.get('content-encoding')).toBe('gzip')
    const plain = await ask(logId, 'tile/entries/000', { ...bearer(tenant), 'accept-encoding': 'identity' })
    expect(plain.headers.has('content-encoding')).toBe(false)
    expect(await packed.arrayBuffer()).toEqual(await plain.arrayBuffer())

    const checkpoint = await ask(logId, 'checkpoint', bearer(tenant))
    expect(Object.fromEntries(checkpoint.headers)).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'private, max-age=1',
    })
    const again = { ...bearer(tenant), 'if-none-match': checkpoint.headers.get('etag') ?? '' }
    expect((await ask(logId, 'checkpoint', again)).status).toBe(304)
    await fillAndSeal(tenant.scope, 301)
    expect((await ask(logId, 'checkpoint', again)).status).toBe(200)
  })
})

describe('who may read', () => {
  test("a token of the tenant and its members; for all others it doesn't exist", async () => {
    const [tenant, other] = [await newTenant(), await newTenant()]
    const logId = await fillAndSeal(tenant.scope, 30)
    const [own, foreign] = await Promise.all(
      [tenant, other].map(({ scope }) => headersOfSession(scope.principal.sessionId ?? '')),
    )
    const answers = async (path: string) => {
      const asked = [bearer(tenant), own, bearer(other), foreign, {}, { authorization: 'Bearer spoor_x' }]
      return Promise.all(
        asked.map(
          async (headers) => (await ask(logId, path, Object.fromEntries(new Headers(headers)))).status,
        ),
      )
    }
    for (const path of ['checkpoint', 'tile/0/000.p/5', 'tile/entries/000.p/5'])
      expect(await answers(path)).toEqual([200, 200, 404, 404, 401, 401])

    const theirs = await ask(logId, 'checkpoint', bearer(other))
    const nobodys = await ask(randomUUID(), 'checkpoint', bearer(other))
    const { reference: _, ...problem } = await theirs.json()
    expect(problem).toMatchObject({ status: 404, detail: 'There is no such log.' })
    expect(await nobodys.json()).toMatchObject(problem)
    expect((await ask('not-an-id', 'checkpoint', bearer(other))).status).toBe(404)
    expect((await ask(randomUUID(), 'checkpoint')).status).toBe(401)
  })

  test('a token without events:read may not', async () => {
    const tenant = await newTenant()
    const { secret } = await createToken(tenant.scope, { name: 'writer', scopes: ['events:write'] })
    const logId = await fillAndSeal(tenant.scope, 30)
    for (const path of ['checkpoint', 'tile/0/000.p/5'])
      expect((await ask(logId, path, bearer({ ...tenant, secret }))).status).toBe(403)
  })

  test('anybody reads a checkpoint that its tenant made public, and nothing else of that log', async () => {
    const tenant = await newTenant()
    const logId = await fillAndSeal(tenant.scope, 30)
    const { tenantId } = tenant.scope
    await database.owner()`insert into log_settings (tenant_id, checkpoint_public) values (${tenantId}, true)`
    const response = await ask(logId, 'checkpoint')
    expect(response.headers.get('cache-control')).toBe('public, max-age=1')
    const opened = openCheckpoint(await response.text(), verifierOf(await policyOf(tenant.scope)), 'It')
    expect(await opened).toMatchObject({ size: 30 })
    for (const path of ['tile/0/000.p/5', 'tile/entries/000.p/5'])
      expect((await ask(logId, path)).status).toBe(401)
  })

  test('anybody reads all of the anchor log', async () => {
    const entry = Buffer.concat([Buffer.from('trail-anchor-v1\n'), Buffer.alloc(32, 7)])
    const sql = database.owner()
    await sql`insert into anchor_entries (seq, entry, leaf_hash)
      values (0, ${entry}, sha256('\\x00'::bytea || ${entry}::bytea))`
    await sql`update trail_heads set next_seq = 1 where tenant_id = ${ANCHOR_TENANT_ID}`
    await sealNow()
    const { logId, root } = await logOf({ tenantId: ANCHOR_TENANT_ID })
    const served = async (path: string) => Buffer.from(await (await ask(logId, path)).arrayBuffer())
    expect((await ask(logId, 'checkpoint')).headers.get('cache-control')).toBe('public, max-age=1')
    expect(await served('tile/0/000.p/1')).toEqual(root)
    expect(await served('tile/entries/000.p/1')).toEqual(Buffer.concat([Buffer.from([0, 48]), entry]))
  })
})

describe('what happens to a log', () => {
  test('a closed epoch goes on serving its last checkpoint and its tiles, and no more', async () => {
    const tenant = await newTenant()
    const before = await fillAndSeal(tenant.scope, 300)
    const policy = await policyOf(tenant.scope)
    await requestEpoch(tenant.scope, { reason: 'only for a test' })
    await sealNow()
    await fillTrail(tenant.scope, 600)
    await sealNow()
    const after = await logOf(tenant.scope)
    expect(after.logId).not.toBe(before)
    expect(await fsck(tenant, after.logId)).toMatchObject({ checkpoint: { size: after.size } })
    const old = await fsck(tenant, before, policy)
    expect(old.checkpoint.size).toBeLessThan(310)
    expect(old.entries).toBe(old.checkpoint.size)
    expect((await ask(before, 'tile/0/001', bearer(tenant))).status).toBe(404)
  })

  test('an event from which values were erased has the same entry', async () => {
    const tenant = await newTenant()
    const logId = await fillAndSeal(tenant.scope, 40)
    const sql = database.owner()
    const [row] =
      await sql`select body, seed from events where tenant_id = ${tenant.scope.tenantId} and seq = 30`
    const { event, redaction } = eraseSlots(JSON.parse(row?.body), { seed: row?.seed }, ['/actor/login'])
    await tamper(`update events set seed = null, body = '${JSON.stringify(event)}',
      redaction = '${JSON.stringify(redaction)}' where tenant_id = '${tenant.scope.tenantId}' and seq = 30`)
    expect(await fsck(tenant, logId)).toMatchObject({ entries: 40 })
  })

  test('after retention the entries are gone, and every hash is there', async () => {
    const tenant = await newTenant()
    const logId = await fillAndSeal(tenant.scope, 600)
    const { tenantId } = tenant.scope
    await tamper(`delete from events where tenant_id = '${tenantId}' and seq < 256`)
    expect((await ask(logId, 'tile/entries/000', bearer(tenant))).status).toBe(404)
    expect((await ask(logId, 'tile/entries/000.p/5', bearer(tenant))).status).toBe(404)
    expect((await ask(logId, 'tile/entries/001', bearer(tenant))).status).toBe(200)
    expect((await ask(logId, 'tile/0/000', bearer(tenant))).status).toBe(200)
    // Also of those that retention has given up and not dropped yet.
    await tamper(`update trail_heads set first_seq = 512 where tenant_id = '${tenantId}'`)
    expect((await ask(logId, 'tile/entries/001', bearer(tenant))).status).toBe(404)
    const fetchResource = httpResource(`${server.url}/log/${logId}`, tenant.tokenFile)
    const verifier = verifierOf(await policyOf(tenant.scope))
    const report = await checkLog(fetchResource, verifier, new Skips(new Set(['entries'])))
    expect(report).toMatchObject({ checkpoint: { size: 600 }, entries: 600 - 512 })
  })

  test.each([
    ['altered', "body = replace(body, 'signed in', 'signed out')"],
    ['back-dated', "received_at = received_at - interval '1 hour'"],
    ['robbed of its seed', 'seed = null'],
  ])('an event that was %s is found at its place', async (_, change) => {
    const tenant = await newTenant()
    const logId = await fillAndSeal(tenant.scope, 30)
    await tamper(`update events set ${change} where tenant_id = '${tenant.scope.tenantId}' and seq = 29`)
    const answer = fsck(tenant, logId)
    await expect(answer).rejects.toThrow('Entry 29')
    expect(await reasonOf(answer)).toBe('entry_mismatch')
  })
})
