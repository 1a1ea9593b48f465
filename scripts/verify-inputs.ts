import { createReadStream, type ReadStream, readFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { createGunzip } from 'node:zlib'
import type { OpenFile } from '@/lib/integrity/verify/bundle-lines'
import { refuse } from '@/lib/integrity/verify/refusal'
import type { FetchResource } from '@/lib/integrity/verify/served-tile'

/** Large pieces: a bundle is read from its beginning to its end. */
const CHUNK_BYTES = 256 * 1024
const GZIP_MAGIC = 0x1f8b
const REQUEST_TIMEOUT_MS = 30_000
/** A full bundle of entries of the largest size that its format can say. */
const MAX_RESPONSE_BYTES = 256 * (65_535 + 2)
const NOT_THERE = [404, 410]
const UNAUTHORIZED = [401, 403]

/** Where keys are taken from if no file is named: never from beside what is verified, which came with it. */
export const DEFAULT_POLICY_FILE = join(homedir(), '.config', 'spoor', 'policy.txt')

/** A file that can be read again and again; gzip is seen by its first bytes, not by its name. */
export async function openBundle(file: string): Promise<OpenFile> {
  const handle = await open(file)
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0).finally(() => handle.close())
  const isGzip = bytesRead === 2 && buffer.readUInt16BE() === GZIP_MAGIC
  return () => {
    const stream = createReadStream(file, { highWaterMark: CHUNK_BYTES })
    return isGzip ? unpack(stream) : stream
  }
}

async function* unpack(stream: ReadStream): AsyncGenerator<Uint8Array> {
  const unpacked = createGunzip({ chunkSize: CHUNK_BYTES })
  stream.on('error', (error) => unpacked.destroy(error))
  try {
    yield* stream.pipe(unpacked)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? ''
    if (code.startsWith('Z_')) refuse('truncated', 'The file is packed, and cut off or damaged.')
    throw error
  } finally {
    stream.destroy()
  }
}

function readToken(file: string): string {
  const token = readFileSync(file, 'utf8').trim()
  if (!/^[!-~]+$/.test(token))
    throw new Error(`${file} holds no token: one word like spoor_ with what follows.`)
  return token
}

/** `fetch` says what went wrong in the cause of its error, if anywhere. */
function describeFailure(error: unknown): string {
  const { cause, message } = error as Error
  if (!(cause instanceof Error)) return message
  return cause.message || ((cause as NodeJS.ErrnoException).code ?? message)
}

/** Asks the log's server. A token is read from a file, because other users see what stands in a command. */
export function httpResource(url: string, tokenFile: string | undefined): FetchResource {
  const prefix = new URL(url).href.replace(/(\/checkpoint)?\/*$/, '')
  const headers: Record<string, string> = tokenFile ? { authorization: `Bearer ${readToken(tokenFile)}` } : {}
  return async (path) => {
    const response = await fetch(`${prefix}/${path}`, {
      headers,
      redirect: 'error',
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    }).catch((error: unknown) => {
      throw new Error(`${prefix}/${path} could not be fetched: ${describeFailure(error)}`)
    })
    if (NOT_THERE.includes(response.status)) return undefined
    if (UNAUTHORIZED.includes(response.status))
      throw new Error(
        `${prefix}/${path} answered ${response.status}: it wants a token that may read events (--token-file).`,
      )
    if (!response.ok) throw new Error(`${prefix}/${path} answered ${response.status}.`)
    const bytes = new Uint8Array(await response.arrayBuffer())
    if (bytes.length > MAX_RESPONSE_BYTES)
      throw new Error(`${prefix}/${path} answered ${bytes.length} bytes.`)
    return bytes
  }
}
