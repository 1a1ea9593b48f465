import type { ConsistencyLine } from './bundle-frame'
import { isConsistent } from './merkle'
import { type OpenCheckpoint, openCheckpoint, type Verifier } from './open-checkpoint'
import type { Primitives } from './primitives'
import { refuse } from './refusal'

/** Names the log where it is not the file's own: a new epoch signs the same tree under a name of its own. */
const ofOther = ({ origin }: OpenCheckpoint, file: OpenCheckpoint) =>
  origin === file.origin ? '' : ` of ${origin}`

/** Whether a checkpoint says anything of this log: every tree begins with nothing, whosever log it is. */
export const isTied = ({ origin, size }: OpenCheckpoint, file: OpenCheckpoint) =>
  size > 0 || origin === file.origin

/**
 * Checkpoints that the file's own one is proven to continue, oldest proof first as in the file. They may be of any
 * log that the policy names: only the proof ties them to this one.
 */
export async function verifyHistory(
  lines: readonly ConsistencyLine[],
  checkpoint: OpenCheckpoint,
  verifier: Verifier,
): Promise<OpenCheckpoint[]> {
  const older: OpenCheckpoint[] = []
  for (const { number, oldCheckpoint, proof } of lines) {
    const old = await openCheckpoint(oldCheckpoint, verifier, `The old checkpoint of line ${number}`)
    if (!isConsistent(verifier.primitives.sha256, old, checkpoint, proof))
      refuse(
        'consistency_invalid',
        `Line ${number}: the tree of ${old.size}${ofOther(old, checkpoint)} is not the beginning of this one.`,
      )
    if (isTied(old, checkpoint)) older.push(old)
  }
  return older
}

/**
 * Compares the file's checkpoint with one that the verifier's user kept, of this log or of an epoch before it: the
 * operator can sign anything again, but can't take back what others remember.
 */
export function compareWithRemembered(
  remembered: OpenCheckpoint,
  checkpoint: OpenCheckpoint,
  older: readonly OpenCheckpoint[],
  { sha256 }: Primitives,
): void {
  const other = ofOther(remembered, checkpoint)
  if (remembered.size > checkpoint.size)
    refuse(
      'older_checkpoint',
      `You remember a checkpoint of ${remembered.size} events${other}; this file's covers only ${checkpoint.size}.`,
    )
  // Every tree begins with nothing, so there is nothing to prove.
  const empty = { size: 0, root: sha256(new Uint8Array()) }
  const known = [empty, checkpoint, ...older].filter(({ size }) => size === remembered.size)
  if (known.length === 0)
    refuse(
      'consistency_missing',
      `The file has no proof that it continues the checkpoint of ${remembered.size} events${other} that you keep.`,
    )
  if (known.some(({ root }) => root !== remembered.root))
    refuse(
      'fork',
      other
        ? `The first ${remembered.size} events${other}, which you keep, are not those of this file's log: ` +
            'it is no epoch of the same trail, or its past was changed.'
        : `The log signed two different trees of ${remembered.size} events: the one you keep, and this.`,
    )
}
