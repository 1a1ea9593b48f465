import { sign } from 'node:crypto'
import { HASH_BYTES } from '@/lib/integrity/tree/hash-node'
import { COSIGNATURE, type NoteKey } from './note-key'

/** What a log says of itself at a moment. `root` is the RFC 6962 root of its first `size` leaves. */
export type TreeHead = { origin: string; size: number; root: Uint8Array }

/** The three signed lines of C2SP tlog-checkpoint, without extension lines. */
export function checkpointBody({ origin, size, root }: TreeHead): string {
  if (!Number.isSafeInteger(size) || size < 0 || root.length !== HASH_BYTES)
    throw new Error(`Not a tree head: size ${size}, root of ${root.length} bytes.`)
  return `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`
}

function signatureBytes(body: string, { type, privateKey }: NoteKey, timeSeconds: number): Buffer {
  if (type !== COSIGNATURE) return sign(null, Buffer.from(body), privateKey)
  const time = Buffer.alloc(8)
  time.writeBigUInt64BE(BigInt(timeSeconds))
  const message = Buffer.from(`cosignature/v1\ntime ${timeSeconds}\n${body}`)
  return Buffer.concat([time, sign(null, message, privateKey)])
}

/** One line of C2SP signed-note over a checkpoint's body, newline included. `timeSeconds` is POSIX time. */
function signatureLine(body: string, key: NoteKey, timeSeconds: number): string {
  const signature = Buffer.concat([key.id, signatureBytes(body, key, timeSeconds)])
  return `\u2014 ${key.name} ${signature.toString('base64')}\n`
}

/**
 * A signed checkpoint: the body, an empty line, and a line of each key in the order given (during a rotation
 * both log keys, then the clock). The log's keys must be named like its origin.
 */
export function signCheckpoint(head: TreeHead, keys: readonly NoteKey[], timeSeconds: number): string {
  const own = keys.filter(({ type }) => type !== COSIGNATURE)
  if (own.length === 0 || own.some(({ name }) => name !== head.origin))
    throw new Error(`A checkpoint of ${head.origin} needs that log's own key.`)
  const body = checkpointBody(head)
  return `${body}\n${keys.map((key) => signatureLine(body, key, timeSeconds)).join('')}`
}
