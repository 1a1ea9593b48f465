import { decodeBase64 } from './encoding'
import { refuse } from './refusal'

/** Signed-note asks for 16 at least; a checkpoint with more has been filled up by someone. */
const MAX_SIGNATURES = 64
const KEY_ID_LENGTH = 4
/** C2SP signed-note: em dash, space, name without spaces and plus, space, base64. */
const SIGNATURE_LINE = /^\u2014 ([^\s+\p{Z}]+) ([A-Za-z0-9+/]+={0,2})$/u
const isControl = (character: string) => character < ' ' && character !== '\n'

/** `keyId` and `signature` are binary strings. */
export type NoteSignature = { name: string; keyId: string; signature: string }
/** `text` is what was signed, its last newline included. */
export type Note = { text: string; signatures: NoteSignature[] }

function parseSignature(line: string): NoteSignature {
  const [, name, base64] = SIGNATURE_LINE.exec(line) ?? []
  const bytes = base64 === undefined ? undefined : decodeBase64(base64)
  if (name === undefined || bytes === undefined || bytes.length <= KEY_ID_LENGTH)
    return refuse('note_malformed', `This is no signature line of a signed note: ${line.slice(0, 80)}`)
  return { name, keyId: bytes.slice(0, KEY_ID_LENGTH), signature: bytes.slice(KEY_ID_LENGTH) }
}

/** Takes a C2SP signed note apart. Nothing in it is to be believed before its signatures are verified. */
export function parseNote(note: string): Note {
  if (!note.endsWith('\n')) refuse('note_malformed', 'A signed note ends with a newline; this one does not.')
  if (!note.isWellFormed() || Array.from(note).some(isControl))
    refuse('note_malformed', 'A signed note has no control characters and is well-formed text.')
  const gap = note.lastIndexOf('\n\n')
  const lines = note.slice(gap + 2, -1).split('\n')
  if (gap < 0 || lines.length > MAX_SIGNATURES)
    refuse('note_malformed', 'A signed note has an empty line and then one to 64 signatures.')
  return { text: note.slice(0, gap + 1), signatures: lines.map(parseSignature) }
}
