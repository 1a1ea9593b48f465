import { driver } from '@/db/client'
import { isAwayForAll } from '@/lib/errors/database-away'
import { newReference, reportError } from '@/lib/errors/report-error'
import { reportWarning } from '@/lib/errors/report-warning'
import { WrongSecretError } from './log-signer'
import { openLogs } from './open-logs'
import { type SealedGroup, type SealTools, sealHeads } from './seal-heads'
import { arrayLiteral, BEHIND_STATEMENT } from './seal-statements'
import { serveRequests } from './serve-requests'

/** Trails sealed in one transaction: a commit costs as much as signing for a dozen of them. */
const MAX_GROUP = 64
/** Trails found by one look, which reads every head: with 100,000 of them some 0.2 s. */
const MAX_BEHIND = 1_024
/** Leaves read in one transaction, 32 bytes each, shared among its trails. */
const GROUP_LEAVES = 65_536
/** A trail's share at least, when many wait. */
const MIN_LEAVES = 1_024
/** A log that has not grown is signed anew so often, so that a quiet log can be told from a dead one. */
const FRESH_SECONDS = 3_600

/** A log that can't be sealed for a reason that nobody foresaw is tried again after so long. */
const BROKEN_MS = 60_000

/** Trails left alone, and until when (`performance.now()`). */
const broken = new Map<string, number>()
let warnAgainAt = 0

export type SealOptions = SealTools & { budgetMs: number; signal?: AbortSignal }

/** `logs` counts checkpoints that were signed, `refused` logs that can't be signed on in this run. */
export type SealCounts = { opened: number; logs: number; events: number; refused: number }

/** With a secret that isn't the instance's no log is opened, but an epoch may be asked for: then this one takes over. */
async function openLogsOrWarn(tools: SealTools): Promise<number> {
  try {
    return await openLogs(tools)
  } catch (error) {
    if (!(error instanceof WrongSecretError)) throw error
    if (performance.now() < warnAgainAt) return 0
    reportWarning(`No log is opened for new trails: ${error.message}`)
    warnAgainAt = performance.now() + BROKEN_MS
    return 0
  }
}

/** One log whose rows contradict each other must not hold up those of its group: then each is sealed by itself. */
async function sealGroup(
  tenantIds: readonly string[],
  maxLeaves: number,
  tools: SealTools,
): Promise<SealedGroup> {
  tools.published.requireKept()
  try {
    return await sealHeads(tenantIds, maxLeaves, tools)
  } catch (error) {
    if (isAwayForAll(error)) throw error
    const [first = '', ...others] = tenantIds
    if (others.length > 0) return sealOneByOne(tenantIds, maxLeaves, tools)
    tools.published.requireKept()
    reportError(error, newReference())
    broken.set(first, performance.now() + BROKEN_MS)
    return { logs: 0, events: 0, stopped: [] }
  }
}

async function sealOneByOne(
  tenantIds: readonly string[],
  maxLeaves: number,
  tools: SealTools,
): Promise<SealedGroup> {
  const all: SealedGroup = { logs: 0, events: 0, stopped: [] }
  for (const tenantId of tenantIds) {
    const one = await sealGroup([tenantId], maxLeaves, tools)
    all.logs += one.logs
    all.events += one.events
    all.stopped.push(...one.stopped)
  }
  return all
}

/**
 * Opens missing logs, does what people asked for, and seals every trail up to its end, or as far as the budget
 * lasts. Any number of sealers may run at once: a head is one's at a time. What is refused is logged once by each
 * run, and says on the log's page what to do.
 */
export async function sealTrails({ budgetMs, signal, ...tools }: SealOptions): Promise<SealCounts> {
  const counts: SealCounts = { opened: 0, logs: 0, events: 0, refused: 0 }
  const deadline = performance.now() + budgetMs
  const mayGoOn = () => performance.now() < deadline && !signal?.aborted
  /** Held by another sealer, or stopped: not looked at again in this run. */
  const left = new Set<string>()
  for (const [tenantId, until] of broken) if (until < performance.now()) broken.delete(tenantId)
  tools.published.requireKept()
  counts.opened = await openLogsOrWarn(tools)
  await serveRequests(tools)
  while (mayGoOn()) {
    const freshFrom = tools.now() / 1000 - FRESH_SECONDS
    const behind = await driver('seal').unsafe<{ tenant_id: string }[]>(
      BEHIND_STATEMENT,
      [freshFrom, arrayLiteral([...left, ...broken.keys()]), MAX_BEHIND],
      { prepare: true },
    )
    if (behind.length === 0) break
    for (let at = 0; at < behind.length && mayGoOn(); at += MAX_GROUP) {
      const tenantIds = behind.slice(at, at + MAX_GROUP).map(({ tenant_id }) => tenant_id)
      const maxLeaves = Math.max(MIN_LEAVES, Math.floor(GROUP_LEAVES / tenantIds.length))
      const group = await sealGroup(tenantIds, maxLeaves, tools)
      counts.logs += group.logs
      counts.events += group.events
      counts.refused += group.stopped.length
      for (const { tenantId, words } of group.stopped) {
        left.add(tenantId)
        reportWarning(`The log of tenant ${tenantId} is not signed on: ${words}`)
      }
      // Nothing was sealed although something is behind: all of them are held by another sealer.
      if (group.logs === 0) for (const tenantId of tenantIds) left.add(tenantId)
    }
  }
  return counts
}
