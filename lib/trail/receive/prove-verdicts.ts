import { tenantTransaction } from '@/db/client'
import { requireLog } from '@/lib/integrity/log/require-log'
import { waitSealed } from '@/lib/integrity/log/wait-sealed'
import { writeProofs } from '@/lib/integrity/log/write-proofs'
import type { Verdict } from './verdict'

/** The sealer needs about a second; one that is away must not hold senders up for ever. */
const MAX_WAIT_MS = 10_000
/** Events that may wait in this process: their proofs are all made when the seal comes, some 12 kB of memory each. */
const MAX_WAITING_EVENTS = 20_000

// On globalThis: the front lane and Next's route handlers are loaded apart, and share the memory of the process.
const store = globalThis as unknown as { spoorProofsWaiting?: number }

/** What an answer to `?wait=sealed` has besides the verdicts. */
export type Sealing = { results: Verdict[]; sealed: boolean }

type Options = {
  /** Whether the sender may read: a proof of a duplicate holds the event as somebody sent it before. */
  mayRead: boolean
  maxWaitMs?: number
}

/**
 * Waits until a checkpoint covers all events of the verdicts, and puts the proof of each beside it; after ten seconds,
 * or where too many wait already, the verdicts stay as they are. The events are durable either way.
 */
export async function proveVerdicts(
  tenantId: string,
  verdicts: Verdict[],
  { mayRead, maxWaitMs = MAX_WAIT_MS }: Options,
): Promise<Sealing> {
  const seqs = verdicts.flatMap((verdict) => (verdict.status === 'rejected' ? [] : [verdict.seq]))
  const waiting = (store.spoorProofsWaiting ?? 0) + seqs.length
  if (seqs.length === 0 || waiting > MAX_WAITING_EVENTS) return { results: verdicts, sealed: false }
  store.spoorProofsWaiting = waiting
  try {
    return await waitAndProve(tenantId, verdicts, seqs, { mayRead, maxWaitMs })
  } finally {
    store.spoorProofsWaiting -= seqs.length
  }
}

async function waitAndProve(
  tenantId: string,
  verdicts: Verdict[],
  seqs: readonly number[],
  { mayRead, maxWaitMs }: Required<Options>,
): Promise<Sealing> {
  if (!(await waitSealed(tenantId, Math.max(...seqs), maxWaitMs))) return { results: verdicts, sealed: false }
  const proven = verdicts.flatMap((verdict) =>
    verdict.status === 'created' || (verdict.status === 'duplicate' && mayRead) ? [verdict.seq] : [],
  )
  const proofs = await tenantTransaction(tenantId, async (tx) =>
    writeProofs(tx, tenantId, proven, await requireLog(tx, tenantId)),
  )
  const results = verdicts.map((verdict) => {
    const proof = verdict.status === 'rejected' ? undefined : proofs.get(verdict.seq)
    return proof === undefined ? verdict : { ...verdict, proof }
  })
  return { results, sealed: true }
}
