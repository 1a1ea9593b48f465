import { and, eq } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { logs } from '@/db/schema/logs'
import { AppError } from '@/lib/errors/app-error'
import type { BundleConsistency } from '@/lib/integrity/evidence/bundle'
import { findCheckpoint } from '@/lib/integrity/log/find-checkpoint'
import type { Log } from '@/lib/integrity/log/read-log'
import { readConsistency, readRanges } from '@/lib/integrity/log/read-ranges'
import { EMPTY_ROOT } from '@/lib/integrity/tree/hash-node'

type Checkpoint = { note: string; origin: string; size: number; root: string }

const NOTE = /^([^\n]+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\n\n(?:\u2014 [^\n]+\n)+$/

function parseNote(text: string): Checkpoint {
  // Text fields and editors drop the last newline, which the format demands.
  const note = `${text.replaceAll('\r\n', '\n').trim()}\n`
  const [, origin, size, root] = NOTE.exec(note) ?? []
  if (!origin || !size || !root)
    throw new AppError(
      'invalid',
      'An old checkpoint is not a signed note. Give the whole text that you kept.',
    )
  return { note, origin, size: Number(size), root }
}

async function findKept(tx: Transaction, tenantId: string, log: Log, size: number): Promise<string> {
  const kept = await findCheckpoint(tx, tenantId, log, size)
  if (kept !== null) return kept
  const message = `No checkpoint of ${size} events was kept. Give the text of the one that you have, or a size that is listed.`
  throw new AppError('not_found', message)
}

/** What we would have signed for that size, base64. */
async function rootAt(tx: Transaction, tenantId: string, size: number): Promise<string | undefined> {
  if (size === 0) return EMPTY_ROOT.toString('base64')
  const [root] = await readRanges(tx, tenantId, [{ start: 0, end: size }], size)
  return root?.toString('base64')
}

/** Says at once what the verifier would say later: a contradiction is the reader's evidence against us. */
async function checkContinued(tx: Transaction, tenantId: string, log: Log, old: Checkpoint): Promise<void> {
  // An earlier epoch signed the same tree under another name.
  const [own] = await tx
    .select({ epoch: logs.epoch })
    .from(logs)
    .where(and(eq(logs.tenantId, tenantId), eq(logs.origin, old.origin)))
  if (!own)
    throw new AppError('conflict', `That checkpoint is of ${old.origin}, which never was this log's name.`)
  if (old.size > log.size)
    throw new AppError(
      'conflict',
      `That checkpoint covers ${old.size} events, and this log has ${log.size}. Keep it: if it is signed by this log, it proves that events were taken back.`,
    )
  if ((await rootAt(tx, tenantId, old.size)) !== old.root)
    throw new AppError(
      'conflict',
      `This log's first ${old.size} events are not those of that checkpoint. Keep it: if it is signed by this log, it proves that they were changed.`,
    )
}

/**
 * The proofs that the log continues older checkpoints, by size, each once. Throws `not_found` for a size of which no
 * checkpoint was kept, `invalid` for a text that is none, `conflict` for one that this log does not continue.
 */
export async function readContinued(
  tx: Transaction,
  tenantId: string,
  log: Log,
  since: readonly (number | string)[],
): Promise<BundleConsistency[]> {
  const olds = new Map<string, Checkpoint>()
  for (const one of since) {
    const old = parseNote(typeof one === 'number' ? await findKept(tx, tenantId, log, one) : one)
    await checkContinued(tx, tenantId, log, old)
    olds.set(old.note, old)
  }
  const sorted = [...olds.values()].sort((a, b) => a.size - b.size)
  const continued: BundleConsistency[] = []
  for (const { note, size } of sorted)
    continued.push({ oldCheckpoint: note, proof: await readConsistency(tx, tenantId, size, log.size) })
  return continued
}
