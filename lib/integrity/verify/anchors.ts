import type { AnchorLine } from './bundle-frame'
import { parseProof, verifyInclusion } from './event-proof'
import { hashText } from './hash-text'
import { parseNote } from './note'
import { hashCheckpoint, type OpenCheckpoint, type Verifier } from './open-checkpoint'
import { refuse } from './refusal'
import type { Skips } from './skips'

/** How a leaf of the anchor log begins, whose entry is this and the hash of a checkpoint's signed text. */
const LEAF_START = '\x00trail-anchor-v1\n'

/**
 * A checkpoint of this log in another log of the operator, under that log's checkpoint. False if the check was left
 * out, because nobody said whose key the other log has.
 */
async function verifyAnchorLog(
  { number, fields: { checkpoint, proof } }: AnchorLine,
  known: readonly OpenCheckpoint[],
  verifier: Verifier,
  skips: Skips,
): Promise<boolean> {
  if (typeof checkpoint !== 'string' || typeof proof !== 'string')
    return refuse('anchor_invalid', `Line ${number}: the anchor has no checkpoint or no proof.`)
  const anchored = known.find(({ text }) => checkpoint.startsWith(`${text}\n`))
  if (!anchored)
    return refuse(
      'anchor_invalid',
      `Line ${number}: what is anchored is no checkpoint that this file is proven from.`,
    )
  const { sha256 } = verifier.primitives
  const leaf = hashText(sha256, LEAF_START + hashCheckpoint(verifier.primitives, anchored.text), '')
  const parsed = parseProof(proof)
  const [origin] = parseNote(parsed.checkpoint).text.split('\n')
  if (origin === anchored.origin)
    return refuse('anchor_invalid', `Line ${number}: a log can't be its own anchor.`)
  if (!verifier.policy.logs.some(({ name }) => name === origin)) {
    skips.skip(
      'anchors',
      `Line ${number}: the anchor is in the log ${origin}, whose key the policy does not name: ` +
        'add it as a line "log <key>" to check it.',
    )
    return false
  }
  await verifyInclusion(parsed, leaf, verifier)
  return true
}

/**
 * Verifies the anchors that can be verified with keys alone. `known` are the file's checkpoint and those that it
 * continues. Time stamps of other kinds need the tools of their authorities, and are left out only if allowed, as are
 * anchors in a log that the policy does not name.
 */
export async function verifyAnchors(
  anchors: readonly AnchorLine[],
  known: readonly OpenCheckpoint[],
  verifier: Verifier,
  skips: Skips,
): Promise<number> {
  let verified = 0
  for (const anchor of anchors) {
    if (anchor.kind !== 'anchor-log') {
      skips.skip(
        'anchors',
        `Line ${anchor.number}: an anchor of the kind ${anchor.kind} needs a tool of its own.`,
      )
      continue
    }
    if (await verifyAnchorLog(anchor, known, verifier, skips)) verified++
  }
  return verified
}
