import type { ConsistencyLine } from './bundle-frame'
import { isConsistent } from './merkle'
import { type OpenCheckpoint, openCheckpoint, type Verifier } from './open-checkpoint'
import { refuse } from './refusal'

/** Checkpoints that the file's own one is proven to continue, oldest proof first as in the file. */
export async function verifyHistory(
  lines: readonly ConsistencyLine[],
  checkpoint: OpenCheckpoint,
  verifier: Verifier,
): Promise<OpenCheckpoint[]> {
  const older: OpenCheckpoint[] = []
  for (const { number, oldCheckpoint, proof } of lines) {
    const old = await openCheckpoint(oldCheckpoint, verifier, `The old checkpoint of line ${number}`)
    const isOfLog = old.origin === checkpoint.origin
    if (!isOfLog || !isConsistent(verifier.primitives.sha256, old, checkpoint, proof))
      refuse(
        'consistency_invalid',
        `Line ${number}: the tree of ${old.size} is not the beginning of this one.`,
      )
    older.push(old)
  }
  return older
}

/**
 * Compares the file's checkpoint with one that the verifier's user kept: the operator can sign anything again,
 * but can't take back what others remember.
 */
export function compareWithRemembered(
  remembered: OpenCheckpoint,
  checkpoint: OpenCheckpoint,
  older: readonly OpenCheckpoint[],
): void {
  if (remembered.origin !== checkpoint.origin)
    refuse(
      'unknown_log',
      `You remember a checkpoint of ${remembered.origin}; this file is of ${checkpoint.origin}.`,
    )
  if (remembered.size > checkpoint.size)
    refuse(
      'older_checkpoint',
      `You remember a checkpoint of ${remembered.size} events; this file's covers only ${checkpoint.size}.`,
    )
  const known = [checkpoint, ...older].filter(({ size }) => size === remembered.size)
  if (known.length === 0)
    refuse(
      'consistency_missing',
      `The file has no proof that it continues the checkpoint of ${remembered.size} you keep.`,
    )
  if (known.some(({ root }) => root !== remembered.root))
    refuse(
      'fork',
      `The log signed two different trees of ${remembered.size} events: the one you keep, and this.`,
    )
}
