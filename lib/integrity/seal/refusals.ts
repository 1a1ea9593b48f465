import { frontierRoot } from '@/lib/integrity/tree/frontier'
import { HASH_BYTES } from '@/lib/integrity/tree/hash-node'
import { tileStart } from './grow-tree'
import type { PublishedHead } from './published-heads'
import type { LeafRun, LockedHead } from './seal-heads'

const NEW_EPOCH =
  'Nothing is signed until then. If the missing part is lost for good, open a new epoch (Settings, Integrity, or ' +
  '"npm run admin -- log open-epoch"): it signs what is there under a new name, and says so.'

/** A frontier that no tree of this size has is no root's, and must not hold up the other logs. */
export function isRootOf(size: number, hashes: Buffer, root: Buffer): boolean {
  try {
    return frontierRoot({ size, hashes }).equals(root)
  } catch {
    return false
  }
}

/** Why a head must not be signed on, seen from what was published before; undefined if it may. */
export function refusalOf(head: LockedHead, published: PublishedHead | undefined): string | undefined {
  const { size, frontier, root } = head
  if (!isRootOf(size, frontier, root))
    return `The stored root of this log is not that of its ${size} leaves: the database was changed by hand. ${NEW_EPOCH}`
  if (!published || published.size < size) return undefined
  if (published.size > size)
    return (
      `The database holds ${size} sealed events of this log, but a checkpoint of ${published.size} was published. ` +
      `It was restored to an earlier state; signing on would fork the log. ${NEW_EPOCH}`
    )
  if (published.root !== root.toString('base64'))
    return `Another root was published for ${size} events of this log than the database holds. ${NEW_EPOCH}`
  return undefined
}

/** Why the rows that were read can't be sealed; undefined if they are the gap-free run that they must be. */
export function rowRefusal(head: LockedHead, run: LeafRun | undefined): string | undefined {
  const first = tileStart(head.size)
  const { count, last, leaves } = run ?? { count: 0, last: null, leaves: null }
  const end = first + count
  if (end < head.size)
    return `Events that were sealed are missing: the trail ends before ${end}, the log before ${head.size}. ${NEW_EPOCH}`
  if (count > 0 && (run?.first !== first || last !== end - 1))
    return `An event between ${first} and ${last} is missing from the trail, so it can't be sealed. ${NEW_EPOCH}`
  if ((leaves?.length ?? 0) !== count * HASH_BYTES)
    return `An event between ${first} and ${last} has no leaf hash of 32 bytes. ${NEW_EPOCH}`
  return undefined
}
