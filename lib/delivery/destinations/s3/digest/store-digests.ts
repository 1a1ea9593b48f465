import type { Tools } from '@/lib/delivery/destinations/contract'
import { outsideTools } from '@/lib/delivery/outside-tools'
import { newReference, reportError } from '@/lib/errors/report-error'
import { claimDueDigests, type DueDigest, findUndigested, type Undigested } from './due-digests'
import { freezeDigest } from './freeze-digest'
import { settleFailed, storeDigest } from './store-digest'

export type DigestOptions = {
  /** Nothing more is begun after so long; what is running may take a minute more. */
  budgetMs: number
  /** Cuts running requests off; their digests are stored two minutes later. */
  signal?: AbortSignal
  /** How the outside is reached where not by the guarded tools. */
  tools?: Partial<Tools>
}

/** `digests` were stored, `failedDigests` tries were not taken. */
export type DigestCounts = { digests: number; failedDigests: number }

/**
 * Stores a signed digest for each S3 destination that stored objects in an hour that is over, and the checkpoint that
 * covers them. Any number of processes may do it at once: what two of them store is the same. What fails is tried
 * again later and holds nothing up. Throws when the database is away.
 */
export async function storeDigests({
  budgetMs,
  signal = new AbortController().signal,
  tools,
}: DigestOptions): Promise<DigestCounts> {
  const deadline = performance.now() + budgetMs
  const counts: DigestCounts = { digests: 0, failedDigests: 0 }
  const broken = new Set<string>()
  while (performance.now() < deadline && !signal.aborted) {
    const undigested = await findUndigested([...broken])
    for (const found of undigested) if (!(await freeze(found))) broken.add(found.destinationId)
    const due = await claimDueDigests()
    if (due.length === 0 && undigested.length === 0) break
    const stored = await Promise.all(due.map((one) => store(one, { ...outsideTools, ...tools }, signal)))
    counts.digests += stored.filter((result) => result === 'stored').length
    counts.failedDigests += stored.filter((result) => result === 'failed').length
  }
  return counts
}

async function freeze(found: Undigested): Promise<boolean> {
  try {
    await freezeDigest(found)
    return true
  } catch (error) {
    reportError(error, newReference())
    return false
  }
}

async function store(due: DueDigest, tools: Tools, signal: AbortSignal) {
  try {
    return await storeDigest(due, tools, signal)
  } catch (error) {
    const reference = newReference()
    reportError(error, reference)
    await settleFailed(due, { message: `Spoor itself failed. It was logged as ${reference}.` })
    return 'failed'
  }
}
