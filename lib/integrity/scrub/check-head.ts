import type { Transaction } from '@/db/client'
import { frontierRoot } from '@/lib/integrity/tree/frontier'
import { openCheckpoint } from '@/lib/integrity/verify/open-checkpoint'
import { Refusal } from '@/lib/integrity/verify/refusal'
import { eventFinding, headFinding, type ScrubFinding } from './scrub-failure'
import { areKeysWhole, type SignedLog, verifierOfEpoch } from './signed-log'
import { arePartsWhole, earlierRoots, type SignedTree } from './tree-truth'

/** What the scrubber remembers of a log between its visits: nobody can take back what it saw signed. */
export type SeenLog = { epoch: number; size: number; root: string; keys: Record<string, string[]> }

/** The tree that all else is compared with; `frontier` is undefined where nothing signed vouches for it. */
export type HeadCheck = {
  findings: ScrubFinding[]
  tree: SignedTree
  frontier: Buffer | undefined
  /** The time in the head's checkpoint, Unix milliseconds. */
  signedMs: number | undefined
}

function isFrontierOf(frontier: Buffer, size: number, root: Buffer): boolean {
  try {
    return frontierRoot({ size, hashes: frontier }).equals(root)
  } catch {
    return false
  }
}

type SignedHead = { size: number; root: Buffer; timeMs: number | undefined }

/** Opens a checkpoint of an epoch with the keys that are stored for it; words where it isn't one. */
export async function openOwn(log: SignedLog, epoch: number, note: string): Promise<SignedHead | string> {
  try {
    const verifier = verifierOfEpoch(log, epoch)
    const { size, root, timeMs } = await openCheckpoint(note, verifier, 'It')
    return { size, root: Buffer.from(root, 'latin1'), timeMs }
  } catch (error) {
    if (error instanceof Refusal) return error.message
    throw error
  }
}

/** The keys of an epoch, each with the number of its rotation. */
const keysOf = (epoch: SignedLog['epochs'][number] | undefined): string[] =>
  epoch?.vkeys.map((vkey, i) => `${epoch.numbers[i]} ${vkey}`) ?? []

function checkKeys(log: SignedLog, seen: SeenLog): ScrubFinding[] {
  const changed = Object.entries(seen.keys).some(([epoch, keys]) => {
    const now = keysOf(log.epochs.find((one) => one.epoch === Number(epoch)))
    return keys.some((key, i) => key !== now[i])
  })
  return changed
    ? [headFinding('key_altered', 'A public key that was there before is another one now, or gone.')]
    : []
}

/** Whether the tree goes on from what was signed when the scrubber was here last. */
async function checkContinues(tx: Transaction, tree: SignedTree, seen: SeenLog): Promise<ScrubFinding[]> {
  if (tree.size < seen.size) {
    const detail = `${seen.size} events were sealed, and now the log ends before ${tree.size}.`
    return [eventFinding('truncated', tree.size, seen.size - 1, detail)]
  }
  const roots = seen.size > 0 ? await earlierRoots(tx, tree, [seen.size]) : undefined
  if (!roots || roots[0]?.toString('base64') === seen.root) return []
  if (!(await arePartsWhole(tx, tree, seen.size))) return []
  return [headFinding('rewritten', `Another root was signed for ${seen.size} events than the log has now.`)]
}

/** Compares the head with its own checkpoint, with the trail's counter, and with what was seen before. */
export async function checkHead(
  tx: Transaction,
  tenantId: string,
  log: SignedLog,
  seen: SeenLog | undefined,
): Promise<HeadCheck> {
  const findings: ScrubFinding[] = []
  // Nobody vouches for a size that is not signed: a trail can't have more than its counter says.
  const stored = { size: Math.max(0, Math.min(log.size, log.nextSeq)), root: log.root }
  const signed = await openOwn(log, log.epoch, log.note)
  if (typeof signed === 'string') findings.push(headFinding('checkpoint_forged', signed))
  else if (signed.size !== log.size || !signed.root.equals(log.root))
    findings.push(
      headFinding(
        'head_altered',
        `It says ${log.size} events; its checkpoint signs ${signed.size}, or another root.`,
      ),
    )
  if (!areKeysWhole(log)) findings.push(headFinding('key_altered', 'What is stored as a key is none.'))
  const { size, root } = typeof signed === 'string' ? stored : signed
  const isOwn = isFrontierOf(log.frontier, size, root)
  if (!isOwn && findings.length === 0)
    findings.push(headFinding('head_altered', 'Its edge does not make its own root.'))
  const tree = { tenantId, size, root }
  if (log.nextSeq < size) {
    const detail = `The trail's counter says ${log.nextSeq} events; ${size} are sealed.`
    findings.push(eventFinding('truncated', log.nextSeq, size - 1, detail))
  }
  if (seen) {
    findings.push(...checkKeys(log, seen))
    if (seen.epoch === log.epoch) findings.push(...(await checkContinues(tx, tree, seen)))
  }
  const signedMs = typeof signed === 'string' ? undefined : signed.timeMs
  return { findings, tree, frontier: isOwn ? log.frontier : undefined, signedMs }
}

/** What to remember of a log that was found right. */
export function toSeen({ epochs, epoch }: SignedLog, { size, root }: SignedTree): SeenLog {
  const keys = Object.fromEntries(epochs.map((one) => [one.epoch, keysOf(one)]))
  return { epoch, size, root: root.toString('base64'), keys }
}
