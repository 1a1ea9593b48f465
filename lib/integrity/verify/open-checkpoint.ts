import { bytesOf, decodeBase64, HASH_LENGTH, parseIndex } from './encoding'
import { type Note, type NoteSignature, parseNote } from './note'
import { meetsQuorum, type Policy } from './policy'
import type { Hash, Primitives } from './primitives'
import { refuse } from './refusal'
import type { PinnedKey } from './vkey'

/** The operator's own clock by the name it has in the policy: other witnesses' times count more. */
const OPERATORS_CLOCK = 'clock'
const TIME_LENGTH = 8
/** The last second that a Date can show. */
const MAX_TIME_SECONDS = 8_640_000_000_000n
const encoder = new TextEncoder()

/** A checkpoint whose signatures are verified. */
export type OpenCheckpoint = {
  origin: string
  size: number
  root: Hash
  /** What was signed. */
  text: string
  /** Names of the policy's witnesses that cosigned. */
  witnesses: string[]
  /** The earliest time that a witness from outside gave it, else the operator's clock. Unix, milliseconds. */
  timeMs?: number
}

/** What every file is verified with. */
export type Verifier = { policy: Policy; primitives: Primitives }

function parseBody({ text }: Note): { origin: string; size: number; root: Hash } {
  const [origin, sizeText, rootText, ...rest] = text.split('\n')
  const size = parseIndex(sizeText ?? '')
  const root = decodeBase64(rootText ?? '')
  if (!origin || size === undefined || root?.length !== HASH_LENGTH || rest.length !== 1 || rest[0] !== '')
    return refuse(
      'note_malformed',
      'A checkpoint has three lines: origin, size up to 2^53 − 1, and root hash.',
    )
  return { origin, size, root }
}

/** All lines of a key: there may be none. A line of a pinned key that does not verify spoils the note. */
async function verifyLines(
  note: Note,
  key: PinnedKey,
  { verifyEd25519 }: Primitives,
  split: (signature: string) => { message: string; signature: string } | undefined,
): Promise<NoteSignature[]> {
  const lines = note.signatures.filter(({ name, keyId }) => name === key.name && keyId === key.keyId)
  for (const line of lines) {
    const parts = split(line.signature)
    const isValid =
      parts &&
      (await verifyEd25519(bytesOf(key.publicKey), encoder.encode(parts.message), bytesOf(parts.signature)))
    if (!isValid)
      refuse('signature_invalid', `The signature line of ${key.name} is not that key's over this checkpoint.`)
  }
  return lines
}

function readTime(signature: string): bigint {
  let time = 0n
  for (const byte of bytesOf(signature.slice(0, TIME_LENGTH))) time = time * 256n + BigInt(byte)
  return time
}

/** C2SP tlog-cosignature, Ed25519: eight bytes of time, and the signature over it and the checkpoint. */
const splitCosignature = (text: string) => (signature: string) => {
  if (signature.length <= TIME_LENGTH || readTime(signature) > MAX_TIME_SECONDS) return undefined
  const message = `cosignature/v1\ntime ${readTime(signature)}\n${text}`
  return { message, signature: signature.slice(TIME_LENGTH) }
}

/**
 * Verifies a checkpoint: the log's own signature by a pinned key of its origin, every line of a pinned witness,
 * and the quorum. `where` names it for people. Refuses with the reason otherwise.
 */
export async function openCheckpoint(
  text: string,
  { policy, primitives }: Verifier,
  where: string,
): Promise<OpenCheckpoint> {
  const note = parseNote(text)
  const head = parseBody(note)
  const keys = policy.logs.filter(({ name }) => name === head.origin)
  if (keys.length === 0)
    refuse(
      'unknown_log',
      `${where} is of the log ${head.origin}, which the policy does not name: another tenant's, or another epoch's?`,
    )
  const own = keys.map((key) =>
    verifyLines(note, key, primitives, (signature) => ({ message: note.text, signature })),
  )
  if ((await Promise.all(own)).every((lines) => lines.length === 0))
    refuse(
      'log_signature_missing',
      `${where} is not signed by any key of ${head.origin} that the policy names.`,
    )
  const times = new Map<string, number>()
  for (const [name, key] of policy.witnesses) {
    const lines = await verifyLines(note, key, primitives, splitCosignature(note.text))
    const seconds = lines.map(({ signature }) => Number(readTime(signature)))
    if (seconds.length > 0) times.set(name, Math.min(...seconds) * 1000)
  }
  if (!meetsQuorum(policy, new Set(times.keys())))
    refuse(
      'quorum_missing',
      `${where} lacks the cosignatures that the policy's quorum "${policy.quorum}" asks for.`,
    )
  const external = [...times].filter(([name]) => name !== OPERATORS_CLOCK).map(([, time]) => time)
  const timeMs = external.length > 0 ? Math.min(...external) : times.get(OPERATORS_CLOCK)
  return { ...head, text: note.text, witnesses: [...times.keys()], ...(timeMs !== undefined && { timeMs }) }
}

/** SHA-256 over a checkpoint's signed text, which anchors are made of. */
export const hashCheckpoint = ({ sha256 }: Primitives, text: string): Hash => sha256(encoder.encode(text))
