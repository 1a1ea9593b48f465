import { hkdfSync } from 'node:crypto'
import { COSIGNATURE, ED25519, makeNoteKey, type NoteKey } from './note-key'

const SEED_BYTES = 32
const MASTER_SECRET_BYTES = 32

function deriveSeed(masterSecret: Uint8Array, info: string): Buffer {
  if (masterSecret.length !== MASTER_SECRET_BYTES)
    throw new Error(`The log master secret has ${masterSecret.length} bytes; it must have 32.`)
  return Buffer.from(hkdfSync('sha256', masterSecret, new Uint8Array(), info, SEED_BYTES))
}

/**
 * The Ed25519 key of a log: HKDF-SHA-256 of the 32-byte master secret (no salt) for its origin and the number of
 * its rotation, 0 at first. A new epoch has a new origin, and with it another key. Nothing has to be stored.
 */
export function deriveLogKey(masterSecret: Uint8Array, origin: string, keyNumber: number): NoteKey {
  const seed = deriveSeed(masterSecret, `trail-log-key/v1/${origin}/${keyNumber}`)
  return makeNoteKey(origin, ED25519, seed)
}

/** The operator's clock, one for all logs of a host: its cosignature carries the time of a checkpoint. */
export function deriveClockKey(masterSecret: Uint8Array, host: string, keyNumber: number): NoteKey {
  const name = `${host}/clock`
  return makeNoteKey(name, COSIGNATURE, deriveSeed(masterSecret, `trail-clock-key/v1/${name}/${keyNumber}`))
}
