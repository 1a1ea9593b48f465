import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { eraseSlots } from '@/lib/integrity/evidence/erase-slots'
import { fillTrail, logOf } from '@/lib/integrity/testing/log-client'
import { sealNow } from '@/lib/integrity/testing/seal-now'
import { tamperWith } from '@/lib/integrity/testing/tamper'
import { verifierOf } from '@/lib/integrity/testing/verify-lines'
import { decodeHashes } from '@/lib/integrity/verify/encoding'
import { verifyEventProof } from '@/lib/integrity/verify/event-proof'
import { isConsistent, rootFromInclusion } from '@/lib/integrity/verify/merkle'
import { nodePrimitives } from '@/lib/integrity/verify/node-primitives'
import { openCheckpoint } from '@/lib/integrity/verify/open-checkpoint'
import { type Skippable, Skips } from '@/lib/integrity/verify/skips'
import { createToken } from '@/lib/tokens/create'
import * as routes from './log-routes'
import { requestEpoch, requestRotation } from './requests'

const database = useTestDatabase()
const { sha256 } = nodePrimitives
const SIZE = 600

let scope: TenantScope
let token: string
let policy: string

type Route = typeof routes.logRoute
function askRoute(route: Route, query = '', secret = token): Promise<Response> {
  const headers = { authorization: `Bearer ${secret}` }
  return Promise.resolve(route.GET(new Request(`http://localhost/?${query}`, { headers }), undefined))
}
async function askJson(route: Route, query = '') {
  const response = await askRoute(route, query)
  expect(response.status).toBe(200)
  return response.json()
}
function askProof(id: string, secret = token): Promise<Response> {
  const headers = { authorization: `Bearer ${secret}` }
  const context = { params: Promise.resolve({ id }) }
  return Promise.resolve(routes.eventProofRoute.GET(new Request('http://localhost/', { headers }), context))
}

const policyOf = async (query = '') => (await askRoute(routes.keysRoute, `format=policy&${query}`)).text()
const open = (note: string) => openCheckpoint(note, verifierOf(policy), 'The checkpoint')
const verify = async (proof: Response, allow: Skippable[] = []) =>
  verifyEventProof(await proof.text(), verifierOf(policy), new Skips(new Set(allow)))
const eventAt = async (seq: number) => {
  const [row] = await database.owner()`select id, body, seed, encode(leaf_hash, 'hex') as leaf from events
    where tenant_id = ${scope.tenantId} and seq = ${seq}`
  return row as unknown as { id: string; body: string; seed: Buffer; leaf: string }
}
const tamper = (change: string) => tamperWith(database, change)

beforeAll(async () => {
  scope = await newMemberScope()
  token = (await createToken(scope, { name: 'auditor', scopes: ['events:read'] })).secret
  await fillTrail(scope, SIZE)
  await sealNow()
  policy = await policyOf()
})

describe('the log', () => {
  test('tells its size and root, and the checkpoint that says so', async () => {
    const log = await askJson(routes.logRoute)
    const { logId, origin } = await logOf(scope)
    expect(log).toMatchObject({ logId, origin, epoch: 0, size: SIZE, refused: null, firstSeq: 0 })
    expect(log.url).toBe(`http://${origin}`)
    expect(await open(log.checkpoint)).toMatchObject({ origin, size: SIZE })
    expect(log.checkpoint).toContain(`\n${log.root}\n`)
    const alone = await askRoute(routes.latestCheckpointRoute)
    expect(alone.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(await alone.text()).toBe(log.checkpoint)
  })

  test('that is not open yet says when to come back', async () => {
    const early = await newMemberScope()
    const { secret } = await createToken(early, { name: 'early', scopes: ['events:read'] })
    const response = await askRoute(routes.logRoute, '', secret)
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('1')
    expect((await askRoute(routes.keysRoute, 'format=policy', secret)).status).toBe(404)
  })
})

describe('inclusion', () => {
  test.each([0, 255, 256, 599])('of event %i is proven under the latest checkpoint', async (seq) => {
    const answer = await askJson(routes.inclusionRoute, `seq=${seq}`)
    expect(answer).toMatchObject({ index: seq, size: SIZE, leafHash: (await eventAt(seq)).leaf })
    const { root, size } = await open(answer.checkpoint)
    const leaf = Buffer.from(answer.leafHash, 'hex').toString('latin1')
    expect(rootFromInclusion(sha256, seq, size, leaf, decodeHashes(answer.proof, 'it'))).toBe(root)
  })

  test('is proven in any tree that a reader may remember; its checkpoint is named if it was kept', async () => {
    const kept = await askJson(routes.inclusionRoute, `seq=5&size=${SIZE}`)
    expect(await open(kept.checkpoint)).toMatchObject({ size: SIZE })
    const other = await askJson(routes.inclusionRoute, 'seq=5&size=300')
    expect(other).toMatchObject({ size: 300, checkpoint: null })
    // The root of that tree, from the consistency of nothing but itself: both proofs must lead to it.
    const [first, second] = await Promise.all(
      [5, 299].map(async (seq) => {
        const { leafHash, proof } = await askJson(routes.inclusionRoute, `seq=${seq}&size=300`)
        const leaf = Buffer.from(leafHash, 'hex').toString('latin1')
        return rootFromInclusion(sha256, seq, 300, leaf, decodeHashes(proof, 'it'))
      }),
    )
    expect(first).toBeDefined()
    expect(first).toBe(second)
  })

  test.each([
    [`seq=${SIZE}`, 404],
    [`seq=5&size=${SIZE + 1}`, 404],
    ['seq=300&size=300', 404],
    ['seq=5&size=0', 404],
    ['', 400],
    ['seq=-1', 400],
    ['seq=1.5', 400],
    ['seq=x', 400],
    ['seq=1&seq=2', 400],
    ['seq=1&tree=5', 400],
    ['seq=99999999999999999999', 400],
  ])('%s is answered with %i', async (query, status) => {
    expect((await askRoute(routes.inclusionRoute, query)).status).toBe(status)
  })
})

describe('consistency', () => {
  test.each([0, 1, 256, 599, 600])('of the tree of %i with the latest is proven', async (from) => {
    const answer = await askJson(routes.consistencyRoute, `from=${from}`)
    expect(answer).toMatchObject({ oldSize: from, newSize: SIZE })
    const newer = await open(answer.checkpoint)
    const tree = from === 0 ? sha256(new Uint8Array()) : await rootAt(from)
    const proof = decodeHashes(answer.proof, 'it')
    expect(isConsistent(sha256, { size: from, root: tree }, newer, proof)).toBe(true)
  })

  /** The root of an older tree, by the path of its last leaf. */
  async function rootAt(size: number) {
    const { leafHash, proof } = await askJson(routes.inclusionRoute, `seq=${size - 1}&size=${size}`)
    const leaf = Buffer.from(leafHash, 'hex').toString('latin1')
    return rootFromInclusion(sha256, size - 1, size, leaf, decodeHashes(proof, 'it')) ?? ''
  }

  test.each([
    ['from=300&to=200', 400],
    [`from=1&to=${SIZE + 1}`, 404],
    [`from=${SIZE + 1}`, 404],
    ['to=5', 400],
  ])('%s is answered with %i', async (query, status) => {
    expect((await askRoute(routes.consistencyRoute, query)).status).toBe(status)
  })
})

describe('the proof of an event', () => {
  test('verifies offline, and is a file with its name', async () => {
    const { id } = await eventAt(300)
    const response = await askProof(id)
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename="${id}.tlog-proof"`)
    const report = await verify(response)
    expect(report).toMatchObject({ index: 300, checkpoint: { size: SIZE } })
  })

  test('of one from which values were erased proves the others', async () => {
    const { id, body, seed } = await eventAt(310)
    const { event, redaction } = eraseSlots(JSON.parse(body), { seed }, ['/actor/login'])
    await tamper(`update events set seed = null, body = '${JSON.stringify(event)}',
      redaction = '${JSON.stringify(redaction)}' where tenant_id = '${scope.tenantId}' and seq = 310`)
    expect(await verify(await askProof(id), ['redactions'])).toMatchObject({ index: 310 })
  })

  test('of one that retention emptied is refused in words that say what is left', async () => {
    const { id } = await eventAt(320)
    await tamper(`update events set seed = null, body = '{}', redaction = '{"content":"${'A'.repeat(43)}="}'
      where tenant_id = '${scope.tenantId}' and seq = 320`)
    const response = await askProof(id)
    expect(response.status).toBe(404)
    expect((await response.json()).detail).toContain('/api/v1/log/proof/inclusion?seq=320')
    expect((await askRoute(routes.inclusionRoute, 'seq=320')).status).toBe(200)
  })

  test('an event that is not sealed yet is a conflict, an unknown or foreign one is not there', async () => {
    const other = await newMemberScope()
    const { secret } = await createToken(other, { name: 'other', scopes: ['events:read'] })
    expect((await askProof((await eventAt(5)).id, secret)).status).toBe(404)
    expect((await askProof(randomUUID())).status).toBe(404)
    expect((await askProof('5')).status).toBe(404)
    await fillTrail(scope, SIZE + 20)
    const early = await askProof((await eventAt(SIZE + 19)).id)
    expect(early.status).toBe(409)
    expect(early.headers.get('retry-after')).toBe('1')
  })
})

describe('keys and checkpoints over time', () => {
  test('a rotation: both keys are named with their sizes, and each verifies what it signed', async () => {
    await requestRotation(scope, { reason: 'only for a test' })
    await sealNow()
    const { epochs } = await askJson(routes.keysRoute)
    const at = epochs[0].keys[0].fromSize
    expect(epochs[0].keys).toMatchObject([
      { number: 1, toSize: null, retiresAt: null },
      { number: 0, fromSize: 0, toSize: at, retiresAt: expect.any(String) },
    ])
    const { checkpoint } = await askJson(routes.logRoute)
    expect(await open(checkpoint)).toBeDefined()
    policy = await policyOf()
    expect(policy.match(/^log /gm)).toHaveLength(3)
    expect(await open(checkpoint)).toBeDefined()
  })

  test('a new epoch: the policy believes it, and the old one only if asked', async () => {
    const { epochs: before } = await askJson(routes.keysRoute)
    await requestEpoch(scope, { reason: 'only for a test' })
    await sealNow()
    const { epochs, clocks } = await askJson(routes.keysRoute)
    expect(epochs).toMatchObject([
      { epoch: 1, closedAt: null, reason: 'only for a test' },
      { epoch: 0, logId: before[0].logId, closedAt: expect.any(String), finalSize: expect.any(Number) },
    ])
    const [current, old] = [await policyOf(), await policyOf('epoch=0')]
    expect(current).toContain(`\nlog ${epochs[0].keys[0].vkey}\n`)
    expect(current).toContain(`\n# log ${epochs[1].keys[0].vkey}\n`)
    expect(old).toContain(`\nlog ${epochs[1].keys[0].vkey}\n`)
    expect(old).toContain(`\nwitness clock ${clocks[0].vkey}\n`)
    const { checkpoint } = await askJson(routes.logRoute)
    policy = current
    expect(await open(checkpoint)).toMatchObject({ origin: epochs[0].origin })
    expect((await askRoute(routes.keysRoute, 'format=policy&epoch=7')).status).toBe(404)
  })

  test('kept checkpoints are listed from the largest on, and as of a time', async () => {
    const { checkpoints, next } = await askJson(routes.checkpointsRoute)
    expect(next).toBeNull()
    const sizes: number[] = checkpoints.map(({ size }: { size: number }) => size)
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a))
    expect(sizes.at(-1)).toBe(0)
    const largest = sizes[0] ?? 0
    const below = await askJson(routes.checkpointsRoute, `before=${largest}`)
    expect(below.checkpoints).toEqual(checkpoints.filter(({ size }: { size: number }) => size < largest))
    expect((await askJson(routes.checkpointsRoute, 'at=2020-01-01T00:00:00Z')).checkpoints).toEqual([])
    const now = encodeURIComponent(new Date().toISOString())
    expect((await askJson(routes.checkpointsRoute, `at=${now}`)).checkpoints).toEqual(checkpoints)
    expect((await askRoute(routes.checkpointsRoute, 'at=yesterday')).status).toBe(400)
  })
})
