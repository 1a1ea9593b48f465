import type { StoredEvent } from '@/lib/event/stored-event'
import { readEventParts } from '@/lib/integrity/verify/event-fields'
import { deriveLeaf, type LeafParts } from '@/lib/integrity/verify/event-leaf'
import { parseProof, verifyEventProof } from '@/lib/integrity/verify/event-proof'
import { rootFromInclusion } from '@/lib/integrity/verify/merkle'
import { openCheckpoint } from '@/lib/integrity/verify/open-checkpoint'
import { refuse } from '@/lib/integrity/verify/refusal'
import { Skips } from '@/lib/integrity/verify/skips'
import { parseStrictObject } from '@/lib/integrity/verify/strict-json'
import { makeWebVerifier, verdictOf } from './web-verifier'

export const STEP_NAMES = ['values', 'leaf', 'signature', 'path', 'whole'] as const
export type StepName = (typeof STEP_NAMES)[number]
/** A step that was taken. `lines` are what it was taken with, to be compared by eye. */
export type Step =
  | { name: StepName; ok: true; lines: [name: string, value: string][] }
  | { name: StepName; ok: false; reason: string; message: string }

/** What the server puts before an event; the leaf covers the id and the time with the content, not among it. */
const SERVER_FIELDS = new Set(['id', 'seq', 'receivedAt', 'leafHash', 'origin', 'erased'])
/** Members that an erased event is shown with all the same, because every event has them. */
const ALWAYS_SHOWN = new Set(['type', 'action', 'level', 'occurredAt'])

/**
 * Verifies the event that a page shows, step by step: the leaf is derived from the shown values, not from those in
 * the proof. Ends with the first step that fails.
 */
export async function* verifyShownEvent(
  shown: StoredEvent,
  proofText: string,
  policy: string,
): AsyncGenerator<Step> {
  let name: StepName = 'values'
  try {
    const verifier = await makeWebVerifier(policy)
    const { sha256 } = verifier.primitives
    const proof = parseProof(proofText)
    const parts = readEventParts(parseStrictObject(proof.extra ?? '', 'The extra data of the proof'))
    const event = shownValues(shown, parts)
    const isErased = 'erased' in parts.salts
    yield {
      name,
      ok: true,
      lines: [
        ['Values', `${count(Object.keys(event).length, 'member')}, as this page shows them`],
        ...(isErased
          ? [
              ['Erased', `${count(erasedCount(parts), 'value')}, of which only digests are left`] as [
                string,
                string,
              ],
            ]
          : []),
      ],
    }

    name = 'leaf'
    const leaf = deriveLeaf(sha256, { ...parts, event, id: shown.id, receivedAt: shown.receivedAt })
    if (hexOf(leaf) !== shown.leafHash)
      refuse(
        'inclusion_invalid',
        'The shown values do not give the leaf hash that the trail keeps of this event.',
      )
    yield { name, ok: true, lines: [['Leaf hash', hexOf(leaf)]] }

    name = 'signature'
    const checkpoint = await openCheckpoint(proof.checkpoint, verifier, 'The checkpoint')
    yield {
      name,
      ok: true,
      lines: [
        ['Log', checkpoint.origin],
        ['Size', checkpoint.size.toLocaleString('en')],
        ['Cosigned by', checkpoint.witnesses.join(', ') || 'nobody'],
      ],
    }

    name = 'path'
    if (proof.index !== shown.seq)
      refuse(
        'inclusion_invalid',
        `The proof is of seq ${proof.index}, and this event is shown as ${shown.seq}.`,
      )
    const root = rootFromInclusion(sha256, proof.index, checkpoint.size, leaf, proof.path)
    if (root !== checkpoint.root)
      refuse(
        'inclusion_invalid',
        'The path does not lead from this event to the signed root: it was altered or moved.',
      )
    yield {
      name,
      ok: true,
      lines: [
        ['Path', count(proof.path.length, 'hash', 'hashes')],
        ['Root', btoa(root)],
      ],
    }

    name = 'whole'
    // Once more as a file of its own, as an auditor does; of erased values its notice is not in the file.
    await verifyEventProof(proofText, verifier, new Skips(new Set(isErased ? ['redactions'] : [])))
    yield { name, ok: true, lines: [['Received', shown.receivedAt]] }
  } catch (error) {
    const verdict = verdictOf(error)
    const reason = verdict.answer === 'no' ? verdict.reason : 'not_checked'
    if (verdict.answer !== 'yes') yield { name, ok: false, reason, message: verdict.message }
  }
}

function shownValues(shown: StoredEvent, { event, salts }: LeafParts): Record<string, unknown> {
  const isFilledIn = (name: string) =>
    'erased' in salts && ALWAYS_SHOWN.has(name) && !Object.hasOwn(event, name)
  return Object.fromEntries(
    Object.entries(shown).filter(([name]) => !SERVER_FIELDS.has(name) && !isFilledIn(name)),
  )
}

const count = (value: number, one: string, many = `${one}s`) => `${value} ${value === 1 ? one : many}`

const erasedCount = ({ salts }: LeafParts) => ('erased' in salts ? salts.erased.length : 0)

const hexOf = (binary: string) =>
  Array.from(binary, (byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('')
