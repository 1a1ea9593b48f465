import { createHash } from 'node:crypto'
import type { S3Client } from '@aws-sdk/client-s3'
import type { Call, Settings, Tools } from '@/lib/delivery/destinations/contract'
import type { Outcome } from '@/lib/delivery/outcome'
import type { GuardedAnswer } from '@/lib/http/guarded-request'
import { OutgoingError } from '@/lib/http/outgoing-error'
import type { S3Config } from './config'
import { classifyError, classifyRefusal, errorCode, shownAnswer } from './outcome'
import { Storage, StorageRefusal } from './storage'

export type NewObject = {
  key: string
  /** As it is stored: packed, where `isGzip`. */
  body: Uint8Array
  isGzip: boolean
  contentType: string
  /** Hex, of the body before any packing. By it we know our own object again. */
  sha256: string
  /** Further user metadata: ASCII, with the name, object and signature well below S3's 2 KB. */
  metadata: Readonly<Record<string, string>>
}

export type PutOptions = {
  capabilities: Settings
  /** Whether an earlier try of the same object got no clear answer. */
  mayHaveArrived: boolean
  /** Whether any object of that name will do, whatever is in it. */
  isAnyGood?: boolean
}

/** What is remembered of a storage that knows no conditional writes. */
const NO_CONDITIONS = { ifNoneMatch: false }

type Verdict = Pick<Outcome, 'verdict' | 'message'> & { status?: number; retryAfterMs?: number }
type Settled = { outcome: Verdict; answer?: GuardedAnswer; capabilities?: Settings }

/**
 * Stores an object under a name that must be free. If something is there already, it is asked whether that is this
 * very object, from a try whose answer was lost. Where the storage knows no conditional writes, it is asked before.
 * Throws only on a bug of ours; every failure means: try again.
 */
export async function putObject(
  config: S3Config,
  object: NewObject,
  options: PutOptions,
  call: Call,
  tools: Tools,
): Promise<Outcome> {
  const started = performance.now()
  const storage = new Storage(config, call, tools)
  try {
    const { outcome, answer, capabilities } = await new Put(config, object, options, storage).run()
    const secrets = Object.values(call.secrets)
    return {
      ...(outcome as Outcome),
      ms: Math.round(performance.now() - started),
      request: `${storage.request} ${size(object)}`,
      ...(answer && { answer: shownAnswer(answer, secrets) }),
      ...(capabilities && { capabilities }),
    }
  } finally {
    storage.close()
  }
}

const size = ({ body, isGzip }: NewObject) =>
  `${Math.max(1, Math.round(body.length / 1000))} kB${isGzip ? ' gzip' : ''}`

class Put {
  readonly #config: S3Config
  readonly #object: NewObject
  readonly #options: PutOptions
  readonly #storage: Storage

  constructor(config: S3Config, object: NewObject, options: PutOptions, storage: Storage) {
    this.#config = config
    this.#object = object
    this.#options = options
    this.#storage = storage
  }

  async run(): Promise<Settled> {
    try {
      const knowsConditions = this.#options.capabilities.ifNoneMatch !== false
      return await (knowsConditions ? this.#putUnlessThere() : this.#askAndPut())
    } catch (error) {
      if (error instanceof StorageRefusal) return this.#refused(error.answer)
      if (error instanceof OutgoingError) return { outcome: classifyError(error) }
      throw error
    }
  }

  async #putUnlessThere(): Promise<Settled> {
    try {
      return stored(await this.#put(true))
    } catch (error) {
      if (!(error instanceof StorageRefusal)) throw error
      const { answer } = error
      if (answer.status === 412) return this.#judgeExisting(answer)
      if (answer.status !== 501 && errorCode(answer) !== 'NotImplemented') throw error
    }
    const settled = await this.#askAndPut()
    return settled.outcome.verdict === 'delivered' ? { ...settled, capabilities: NO_CONDITIONS } : settled
  }

  /** Not quite safe from somebody who stores there at the same moment; from our own earlier tries it is. */
  async #askAndPut(): Promise<Settled> {
    const found = this.#options.isAnyGood ? undefined : await this.#head()
    if (found === undefined || found === 'denied') return stored(await this.#put(false))
    return found.sha256 === this.#object.sha256 ? already(found.answer) : this.#foreign(found.answer)
  }

  #refused(answer: GuardedAnswer): Settled {
    return { outcome: classifyRefusal(answer, this.#config), answer }
  }

  #put(isConditional: boolean): Promise<GuardedAnswer> {
    return this.#storage.send((client) => sendPut(client, this.#config, this.#object, isConditional))
  }

  /** Ours, if it has our hash; where it may not be read, if an earlier try may have put it there. */
  async #judgeExisting(answer: GuardedAnswer): Promise<Settled> {
    const { key, sha256 } = this.#object
    if (this.#options.isAnyGood) return already(answer)
    const found = await this.#head()
    if (found === 'denied' && this.#options.mayHaveArrived) return already(answer)
    if (found !== 'denied' && found?.sha256 === sha256) return already(answer)
    if (found === undefined)
      return failed(answer, `There was an object at ${key}, and now there is none; Spoor tries again.`)
    return this.#foreign(answer)
  }

  #foreign(answer: GuardedAnswer): Settled {
    const { key } = this.#object
    return failed(
      answer,
      `There is another object at ${key}, which Spoor does not overwrite. Move it away, or choose another prefix.`,
    )
  }

  async #head(): Promise<{ sha256: string; answer: GuardedAnswer } | 'denied' | undefined> {
    const { bucket: Bucket } = this.#config
    const { key: Key } = this.#object
    try {
      const answer = await this.#storage.send(async (client) => {
        const { HeadObjectCommand } = await import('@aws-sdk/client-s3')
        return client.send(new HeadObjectCommand({ Bucket, Key }))
      })
      return { sha256: String(answer.headers['x-amz-meta-sha256'] ?? ''), answer }
    } catch (error) {
      // Whoever answers a HEAD with a body can't be asked.
      if (error instanceof OutgoingError && error.reason === 'protocol') return 'denied'
      if (!(error instanceof StorageRefusal)) throw error
      if (error.answer.status === 404) return undefined
      if (error.answer.status === 403) return 'denied'
      throw error
    }
  }
}

const stored = (answer: GuardedAnswer): Settled => ({
  outcome: {
    verdict: 'delivered',
    message: `HTTP ${answer.status}: The object is stored.`,
    status: answer.status,
  },
  answer,
})
const already = (answer: GuardedAnswer): Settled => ({
  outcome: {
    verdict: 'delivered',
    message: `HTTP ${answer.status}: The object is stored already, by an earlier try.`,
    status: answer.status,
  },
  answer,
})
const failed = (answer: GuardedAnswer, message: string): Settled => ({
  outcome: { verdict: 'failed', message: `HTTP ${answer.status}: ${message}`, status: answer.status },
  answer,
})

async function sendPut(
  client: S3Client,
  config: S3Config,
  object: NewObject,
  isConditional: boolean,
): Promise<unknown> {
  const { PutObjectCommand } = await import('@aws-sdk/client-s3')
  const { bucket, endpoint, encryption, kmsKeyId, storageClass } = config
  const { key, body, contentType, isGzip, sha256, metadata } = object
  const digest = (algorithm: 'md5' | 'sha256') => createHash(algorithm).update(body).digest('base64')
  return client.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: body,
      ContentType: contentType,
      ...(isGzip && { ContentEncoding: 'gzip' }),
      // AWS checks SHA-256; MD5 is what all others know.
      ...(endpoint ? { ContentMD5: digest('md5') } : { ChecksumSHA256: digest('sha256') }),
      ...(isConditional && { IfNoneMatch: '*' }),
      ...(encryption !== 'none' && { ServerSideEncryption: encryption }),
      ...(kmsKeyId && { SSEKMSKeyId: kmsKeyId }),
      ...(storageClass && { StorageClass: storageClass as 'STANDARD' }),
      Metadata: { ...metadata, sha256 },
    }),
  )
}
