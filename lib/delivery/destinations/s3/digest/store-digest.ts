import { and, eq, type SQL, sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { deliveryDigests } from '@/db/schema/delivery-digests'
import { backoffMs } from '@/lib/delivery/backoff'
import { openSecrets } from '@/lib/delivery/destination-secrets'
import type { Call, Settings, Tools } from '@/lib/delivery/destinations/contract'
import { type S3Config, s3ConfigSchema } from '@/lib/delivery/destinations/s3/config'
import { placeOf } from '@/lib/delivery/destinations/s3/format'
import { checkpointKey, digestObjectKey } from '@/lib/delivery/destinations/s3/object-key'
import { putObject } from '@/lib/delivery/destinations/s3/put-object'
import { mayHaveArrived, type Outcome } from '@/lib/delivery/outcome'
import { checkpointObject } from '@/lib/integrity/anchor/checkpoint-object'
import { digestKeyIn } from './digest-key'
import { digestSha256, moveDigest, readDigest, signatureOf, writeDigest } from './digest-text'
import type { DueDigest } from './due-digests'

const TIMEOUT_MS = 30_000
/** `moved`: it was made for a bucket that was left since, and waits now for the one that took its place. */
export type Stored = 'stored' | 'failed' | 'moved'

/** Stores a frozen digest, and the checkpoint in it before. What fails is put down in words and tried again later. */
export async function storeDigest(due: DueDigest, tools: Tools, signal: AbortSignal): Promise<Stored> {
  const config = s3ConfigSchema.parse(due.config)
  const { tenantId, destinationId, tenantSlug, number } = due
  const wanted = digestObjectKey({ prefix: config.prefix, tenant: tenantSlug }, destinationId, number)
  const digest = readDigest(due.body)
  const secrets = openSecrets(due, due)
  if (digest.place !== placeOf(config) || wanted !== due.objectKey) {
    const body = writeDigest(moveDigest(digest, placeOf(config)), digestKeyIn(secrets))
    const sha256 = Buffer.from(digestSha256(body), 'hex')
    await change(due, {
      objectKey: wanted,
      body,
      sha256,
      failures: 0,
      mayHaveArrived: false,
      failMessage: null,
      dueAt: sql`now()`,
    })
    return 'moved'
  }
  const call: Call = {
    secrets,
    owner: `${tenantId} ${destinationId}`,
    timeoutMs: TIMEOUT_MS,
    signal,
  }
  const { outcome, isTried } = await putBoth(config, due, call, tools)
  if (outcome.verdict === 'delivered') {
    await change(due, { state: 'done', failMessage: null, storedAt: sql`now()` })
    return 'stored'
  }
  // Stopped by us: it is taken again when the claim ends.
  if (outcome.verdict !== 'aborted') {
    const isUnclear = due.mayHaveArrived || (isTried && mayHaveArrived(outcome))
    await settleFailed(due, { ...outcome, isUnclear })
  }
  return 'failed'
}

/** Also for an error of ours, after which nothing is clear: it must neither spin nor stop the others. */
export async function settleFailed(
  due: DueDigest,
  {
    message,
    isUnclear = true,
    ...rest
  }: Pick<Outcome, 'message'> & { isUnclear?: boolean; retryAfterMs?: number },
): Promise<void> {
  const failures = due.failures + 1
  const waitMs = backoffMs(failures, Math.random(), rest.retryAfterMs)
  await change(due, {
    failures,
    mayHaveArrived: isUnclear,
    failMessage: message,
    dueAt: sql`now() + ${waitMs} * interval '1 ms'`,
  })
}

/** `isTried`: whether it came to the digest itself. */
async function putBoth(
  config: S3Config,
  due: DueDigest,
  call: Call,
  tools: Tools,
): Promise<{ outcome: Outcome; isTried: boolean }> {
  const capabilities = due.capabilities as Settings
  const text = (body: string) => ({ body: Buffer.from(body), isGzip: false, sha256: digestSha256(body) })
  const note = readDigest(due.body).checkpoint
  const checkpoint = {
    ...text(checkpointObject(note).body),
    key: checkpointKey(config.prefix, note),
    contentType: 'text/plain; charset=utf-8',
    metadata: {},
  }
  // The clock's line may be another one each time: any note of this size says the same.
  const anyGood = { capabilities, mayHaveArrived: true, isAnyGood: true }
  const first = await putObject(config, checkpoint, anyGood, call, tools)
  if (first.verdict !== 'delivered') return { outcome: first, isTried: false }
  const digest = {
    ...text(due.body),
    key: due.objectKey,
    contentType: 'application/x-ndjson',
    metadata: { number: String(due.number), signature: signatureOf(due.body) },
  }
  const options = { capabilities, mayHaveArrived: due.mayHaveArrived }
  return { outcome: await putObject(config, digest, options, call, tools), isTried: true }
}

const isThisOne = ({ tenantId, destinationId, number }: DueDigest) =>
  and(
    eq(deliveryDigests.tenantId, tenantId),
    eq(deliveryDigests.destinationId, destinationId),
    eq(deliveryDigests.number, number),
    eq(deliveryDigests.state, 'planned'),
  )

type Changes = {
  objectKey?: string
  body?: string
  sha256?: Buffer
  state?: 'done'
  failures?: number
  mayHaveArrived?: boolean
  failMessage?: string | null
  dueAt?: SQL
  storedAt?: SQL
}

async function change(due: DueDigest, changes: Changes): Promise<void> {
  await database('deliver').update(deliveryDigests).set(changes).where(isThisOne(due))
}
