import type { S3Client } from '@aws-sdk/client-s3'
import type { Call, Tools } from '@/lib/delivery/destinations/contract'
import type { GuardedAnswer } from '@/lib/http/guarded-request'
import { OutgoingError } from '@/lib/http/outgoing-error'
import { USER_AGENT } from '@/lib/http/user-agent'
import type { S3Config } from './config'
import { openS3Client, type ReadAnswer, type SignedRequest, toSdkHeaders, urlOf } from './open-client'

/** An answer that is no success, as S3 gives it; the SDK's own error is the cause. */
export class StorageRefusal extends Error {
  override readonly name = 'StorageRefusal'

  constructor(
    readonly answer: GuardedAnswer,
    options: ErrorOptions,
  ) {
    super(`the storage answered ${answer.status}`, options)
  }
}

/** Longer answers are no XML of S3's. */
const KEPT_BYTES = 64 * 1024

/**
 * A bucket for the time of one call: signs with the SDK of AWS, and reaches out by `tools` alone.
 */
export class Storage {
  readonly #config: S3Config
  readonly #call: Call
  readonly #tools: Tools
  readonly #deadline: number
  #client: S3Client | undefined
  #answer: GuardedAnswer | undefined
  /** The latest PUT, else the first request: method and address, without what it was signed with. */
  request = ''

  constructor(config: S3Config, call: Call, tools: Tools) {
    this.#config = config
    this.#call = call
    this.#tools = tools
    this.#deadline = performance.now() + call.timeoutMs
  }

  /** The storage's answer, whatever its status: throws OutgoingError where there is none, StorageRefusal on an error. */
  async send(run: (client: S3Client) => Promise<unknown>): Promise<GuardedAnswer> {
    this.#answer = undefined
    try {
      await run(await this.#open())
    } catch (cause) {
      if (cause instanceof OutgoingError) throw cause
      const answer = this.#answer as GuardedAnswer | undefined
      // Without an answer it is a bug of ours, or the SDK's.
      if (!answer || answer.status < 300) throw cause
      throw new StorageRefusal(answer, { cause })
    }
    const answer = this.#answer as GuardedAnswer | undefined
    if (!answer) throw new Error('The S3 client returned without having sent anything.')
    return answer
  }

  close(): void {
    this.#client?.destroy()
  }

  async #open(): Promise<S3Client> {
    if (this.#client) return this.#client
    const { bucket } = this.#config
    const secretAccessKey = this.#call.secrets.secretAccessKey
    if (!secretAccessKey) throw new Error(`The bucket ${bucket} has no secret access key.`)
    this.#client = await openS3Client(this.#config, secretAccessKey, (request) => this.#handle(request))
    return this.#client
  }

  async #handle(request: SignedRequest): Promise<{ response: ReadAnswer }> {
    const { method, headers, body } = request
    const { owner, signal } = this.#call
    const url = urlOf(request)
    if (method === 'PUT' || this.request === '')
      this.request = `${method} ${decodeURIComponent(url.replace(/\?.*/, ''))}`
    const answer = await this.#tools.request({
      url,
      method: method as 'HEAD' | 'PUT',
      // Some storages answer a HEAD with a body, which would be taken for the answer to what comes next.
      headers: { ...headers, 'user-agent': USER_AGENT, ...(method === 'HEAD' && { connection: 'close' }) },
      ...(body instanceof Uint8Array && { body }),
      owner,
      timeoutMs: Math.max(1, this.#deadline - performance.now()),
      keptBytes: KEPT_BYTES,
      ...(signal && { signal }),
    })
    this.#answer = answer
    return {
      response: { statusCode: answer.status, headers: toSdkHeaders(answer.headers), body: answer.bytes },
    }
  }
}
