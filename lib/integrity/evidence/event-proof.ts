import { canonicalJson } from '@/lib/integrity/jcs'
import { type SlotSecrets, secretMembers } from './slot-secrets'

/** A sealed event with all that is needed to derive its leaf again. `body` is its JSON text as stored. */
export type ProvenEvent = {
  index: number
  id: string
  /** RFC 3339 UTC with three decimals. */
  receivedAt: string
  body: string
  secrets: SlotSecrets
}

/**
 * The C2SP tlog-proof file of one event: `path` is its inclusion proof from the leaf up, 32 bytes each,
 * `checkpoint` the signed note that it leads to. The event stands in it as `extra`.
 */
export function writeEventProof(
  { index, id, receivedAt, body, secrets }: ProvenEvent,
  path: readonly Uint8Array[],
  checkpoint: string,
): string {
  const extra = canonicalJson({ event: JSON.parse(body), id, receivedAt, ...secretMembers(secrets) })
  return [
    'c2sp.org/tlog-proof@v1',
    `extra ${Buffer.from(extra).toString('base64')}`,
    `index ${index}`,
    ...path.map((hash) => Buffer.from(hash).toString('base64')),
    '',
    checkpoint,
  ].join('\n')
}
