import { Readable } from 'node:stream'
import type { S3Client } from '@aws-sdk/client-s3'
import type { OriginCall } from '@/lib/collection/origins/found-file'
import type { S3Origin } from '@/lib/collection/origins/origin'
import {
  openS3Client,
  type ReadAnswer,
  type SignedRequest,
  toSdkHeaders,
  urlOf,
} from '@/lib/delivery/destinations/s3/open-client'
import { AppError } from '@/lib/errors/app-error'
import { type DownloadedAnswer, guardedDownload } from '@/lib/http/guarded-download'
import { OutgoingError } from '@/lib/http/outgoing-error'
import { USER_AGENT } from '@/lib/http/user-agent'
import { refusalMessage } from './refusal-message'

/** As many as S3 gives at a time. */
const KEYS_A_PAGE = 1_000
/** A thousand keys of full length, each with what S3 says about it. */
const MAX_XML_BYTES = 4 * 2 ** 20

type Refusal = Pick<DownloadedAnswer, 'status' | 'headers'> & { text: string }
export type S3Object = { key: string; etag: string; bytes: number }

async function readXml({ body }: DownloadedAnswer): Promise<Buffer> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of body) {
    bytes += part.length
    if (bytes > MAX_XML_BYTES)
      throw new OutgoingError('protocol', 'The storage answers with more than S3 does. Check the endpoint.')
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/** A bucket that is read: the SDK of AWS signs, and all that goes out is guarded. */
export class ReadBucket {
  readonly #origin: S3Origin
  readonly #call: OriginCall
  readonly #keysAPage: number
  #client: S3Client | undefined
  /** What the storage refused with, in its own words. */
  #refused: Refusal | undefined
  #content: DownloadedAnswer['body'] | undefined

  constructor(origin: S3Origin, call: OriginCall, keysAPage = KEYS_A_PAGE) {
    this.#origin = origin
    this.#call = call
    this.#keysAPage = keysAPage
  }

  /** Objects whose keys begin with the prefix, page by page, in the order of keys. Throws `invalid`. */
  async *list(Prefix: string, Delimiter?: string): AsyncGenerator<S3Object[]> {
    let ContinuationToken: string | undefined
    do {
      const answer = await this.#send(async (client) => {
        const { ListObjectsV2Command } = await import('@aws-sdk/client-s3')
        const { bucket: Bucket } = this.#origin
        const page = { MaxKeys: this.#keysAPage, ContinuationToken }
        return client.send(new ListObjectsV2Command({ Bucket, Prefix, Delimiter, ...page }))
      })
      yield (answer.Contents ?? []).flatMap(({ Key, ETag = '', Size = 0 }) =>
        Key === undefined ? [] : [{ key: Key, etag: ETag, bytes: Size }],
      )
      const next = answer.IsTruncated ? answer.NextContinuationToken : undefined
      // One that says the same again would be asked for ever.
      ContinuationToken = next === ContinuationToken ? undefined : next
    } while (ContinuationToken !== undefined)
  }

  /** An object's content, if it still is the one that was listed. Throws `invalid`. */
  async *get({ key: Key, etag, bytes }: S3Object): AsyncGenerator<Buffer> {
    this.#content = undefined
    await this.#send(async (client) => {
      const { GetObjectCommand } = await import('@aws-sdk/client-s3')
      const { bucket: Bucket } = this.#origin
      return client.send(new GetObjectCommand({ Bucket, Key, ...(etag && { IfMatch: etag }) }))
    })
    const content = this.#content as DownloadedAnswer['body'] | undefined
    if (!content) throw new Error('The S3 client returned without having sent anything.')
    let received = 0
    try {
      for await (const part of content) {
        received += part.length
        yield part
      }
    } catch (error) {
      throw toAppError(error)
    }
    // Not every storage says how long its answer is: a part would be collected as if it were all of it.
    if (received !== bytes)
      throw new AppError(
        'invalid',
        `The storage lists ${bytes} bytes and sent ${received}. The next run fetches the object again.`,
      )
  }

  close(): void {
    this.#client?.destroy()
  }

  async #send<Answer>(run: (client: S3Client) => Promise<Answer>): Promise<Answer> {
    this.#refused = undefined
    try {
      return await run(await this.#open())
    } catch (error) {
      const refused = this.#refused as Refusal | undefined
      if (refused) throw new AppError('invalid', refusalMessage(refused), { cause: error })
      throw toAppError(error)
    }
  }

  async #open(): Promise<S3Client> {
    const { secret } = this.#call
    if (secret === undefined)
      throw new AppError('invalid', 'The secret access key is missing. Enter it in the silo.')
    this.#client ??= await openS3Client(this.#origin, secret, (request) => this.#handle(request))
    return this.#client
  }

  async #handle(request: SignedRequest): Promise<{ response: ReadAnswer }> {
    const { owner, signal } = this.#call
    const answer = await guardedDownload({
      url: urlOf(request),
      headers: { ...request.headers, 'user-agent': USER_AGENT },
      owner,
      ...(signal && { signal }),
    })
    const { status, headers } = answer
    const isContent = status < 300 && request.query?.['list-type'] === undefined
    // The SDK only has to find out that it went well: content goes its own way, as fast as it is used.
    if (isContent) this.#content = answer.body
    const body = isContent ? Readable.from([]) : await readXml(answer)
    if (status >= 300) this.#refused = { status, headers, text: body.toString() }
    return { response: { statusCode: status, headers: toSdkHeaders(headers), body } }
  }
}

function toAppError(error: unknown): unknown {
  return error instanceof OutgoingError ? new AppError('invalid', error.message, { cause: error }) : error
}
