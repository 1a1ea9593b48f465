import { bytesOf, decodeBase64, decodeHashes, parseIndex } from './encoding'
import { type EventParts, readEventParts } from './event-fields'
import { deriveLeaf } from './event-leaf'
import { rootFromInclusion } from './merkle'
import { type OpenCheckpoint, openCheckpoint, type Verifier } from './open-checkpoint'
import type { Hash } from './primitives'
import { Redactions } from './redactions'
import { refuse } from './refusal'
import type { Skips } from './skips'
import { parseStrictObject } from './strict-json'
import { TimeRules } from './time-rules'

const FIRST_LINE = 'c2sp.org/tlog-proof@v1'

export type ParsedProof = { extra?: string; index: number; path: Hash[]; checkpoint: string }

/** Takes a C2SP tlog-proof apart; `extra` is UTF-8 text here. */
export function parseProof(text: string): ParsedProof {
  const gap = text.indexOf('\n\n')
  const [first, ...lines] = text.slice(0, Math.max(gap, 0)).split('\n')
  if (first !== FIRST_LINE)
    return refuse('malformed', `The file is no proof: it does not begin with ${FIRST_LINE}.`)
  const extra = lines[0]?.startsWith('extra ') ? lines.shift()?.slice('extra '.length) : undefined
  const indexLine = lines.shift() ?? ''
  const index = indexLine.startsWith('index ') ? parseIndex(indexLine.slice('index '.length)) : undefined
  const bytes = extra === undefined ? '' : decodeBase64(extra)
  if (index === undefined || bytes === undefined)
    return refuse('malformed', "The proof's index or extra line is not as tlog-proof writes it.")
  const path = decodeHashes(lines, 'the proof')
  const checkpoint = text.slice(gap + 2)
  return extra === undefined
    ? { index, path, checkpoint }
    : { extra: decodeUtf8(bytes), index, path, checkpoint }
}

function decodeUtf8(binary: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytesOf(binary))
  } catch {
    return refuse('malformed', "The proof's extra data is not UTF-8.")
  }
}

/** Whether a leaf stands where a proof says, under a checkpoint that the policy accepts. */
export async function verifyInclusion(
  { index, path, checkpoint: note }: ParsedProof,
  leaf: Hash,
  verifier: Verifier,
): Promise<OpenCheckpoint> {
  const checkpoint = await openCheckpoint(note, verifier, "The proof's checkpoint")
  const root = rootFromInclusion(verifier.primitives.sha256, index, checkpoint.size, leaf, path)
  if (root !== checkpoint.root)
    refuse(
      'inclusion_invalid',
      `What is proven is not what the checkpoint has at ${index}: it was altered or moved.`,
    )
  return checkpoint
}

export type EventProofReport = { index: number; checkpoint: OpenCheckpoint; event: EventParts }

/** Verifies the proof of one event, whose text and salts are in it. */
export async function verifyEventProof(
  text: string,
  verifier: Verifier,
  skips: Skips,
): Promise<EventProofReport> {
  const proof = parseProof(text)
  if (proof.extra === undefined) return refuse('malformed', 'The proof has no extra line, and so no event.')
  const event = readEventParts(parseStrictObject(proof.extra, 'The extra data'))
  const leaf = deriveLeaf(verifier.primitives.sha256, event)
  const checkpoint = await verifyInclusion(proof, leaf, verifier)
  if (checkpoint.timeMs === undefined)
    skips.skip('time', 'No witness of the policy gave the checkpoint a time.')
  new TimeRules([checkpoint]).check(proof.index, event.receivedAtMs)
  const redactions = new Redactions(verifier.primitives.sha256)
  redactions.note(proof.index, event)
  redactions.finish(skips)
  return { index: proof.index, checkpoint, event }
}
