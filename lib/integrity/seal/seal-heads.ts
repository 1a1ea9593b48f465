import type { TransactionSql } from 'postgres'
import { driver } from '@/db/client'
import { frontierRoot } from '@/lib/integrity/tree/frontier'
import { readClocks } from './clock-keys'
import { completeUpperTiles, type TenantTile } from './complete-upper-tiles'
import { growTree, tileStart } from './grow-tree'
import { type LogSigner, type PublishedKey, WrongSecretError } from './log-signer'
import type { PublishedHeads } from './published-heads'
import { refusalOf, rowRefusal } from './refusals'
import {
  arrayLiteral,
  byteaArray,
  INSERT_TILES_STATEMENT,
  KEEP_CHECKPOINTS_STATEMENT,
  LEAVES_STATEMENT,
  LOCK_STATEMENT,
  REFUSE_STATEMENT,
  textArray,
  UPDATE_HEADS_STATEMENT,
} from './seal-statements'

/** What a sealer works with. `now` is Unix time in milliseconds. */
export type SealTools = { signer: LogSigner; published: PublishedHeads; now: () => number }

export type LockedHead = {
  tenant_id: string
  epoch: number
  size: number
  root: Buffer
  frontier: Buffer
  signed_seconds: number
  kept_seconds: number
  log_id: string
  origin: string
  keys: PublishedKey[] | null
}

export type LeafRun = {
  tenant_id: string
  first: number | null
  last: number | null
  count: number
  leaves: Buffer | null
  oldest_seconds: number | null
  newest_seconds: number | null
}

type SealedHead = {
  head: LockedHead
  size: number
  root: Buffer
  frontier: Buffer
  note: string
  signedSeconds: number
  keptSeconds: number
}

/** `stopped` are tenants whose log was refused in this round, in words for people. */
export type SealedGroup = { logs: number; events: number; stopped: { tenantId: string; words: string }[] }

const PREPARED = { prepare: true }
const HOUR_SECONDS = 3600
const hourOf = (seconds: number) => Math.floor(seconds / HOUR_SECONDS)

async function readLeaves(
  sql: TransactionSql,
  heads: readonly LockedHead[],
  maxLeaves: number,
): Promise<Map<string, LeafRun>> {
  const runs = await sql.unsafe<LeafRun[]>(
    LEAVES_STATEMENT,
    [
      arrayLiteral(heads.map(({ tenant_id }) => tenant_id)),
      arrayLiteral(heads.map(({ size }) => tileStart(size))),
      maxLeaves,
    ],
    PREPARED,
  )
  return new Map(runs.map((run) => [run.tenant_id, run]))
}

async function writeTiles(sql: TransactionSql, tiles: readonly TenantTile[]): Promise<void> {
  if (tiles.length === 0) return
  await sql.unsafe(
    INSERT_TILES_STATEMENT,
    [
      arrayLiteral(tiles.map(({ tenantId }) => tenantId)),
      arrayLiteral(tiles.map(({ level }) => level)),
      arrayLiteral(tiles.map(({ index }) => index)),
      byteaArray(tiles.map(({ data }) => data)),
      byteaArray(tiles.map(({ root }) => root)),
    ],
    PREPARED,
  )
}

async function writeHeads(sql: TransactionSql, sealed: readonly SealedHead[]): Promise<void> {
  if (sealed.length === 0) return
  const tenants = arrayLiteral(sealed.map(({ head }) => head.tenant_id))
  await sql.unsafe(
    UPDATE_HEADS_STATEMENT,
    [
      tenants,
      arrayLiteral(sealed.map(({ size }) => size)),
      byteaArray(sealed.map(({ root }) => root)),
      byteaArray(sealed.map(({ frontier }) => frontier)),
      textArray(sealed.map(({ note }) => note)),
      arrayLiteral(sealed.map(({ signedSeconds }) => signedSeconds)),
      arrayLiteral(sealed.map(({ keptSeconds }) => keptSeconds)),
    ],
    PREPARED,
  )
  const kept = sealed.filter(({ keptSeconds, head }) => keptSeconds !== head.kept_seconds)
  if (kept.length === 0) return
  await sql.unsafe(
    KEEP_CHECKPOINTS_STATEMENT,
    [
      arrayLiteral(kept.map(({ head }) => head.tenant_id)),
      arrayLiteral(kept.map(({ head }) => head.epoch)),
      arrayLiteral(kept.map(({ size }) => size)),
      textArray(kept.map(({ note }) => note)),
      arrayLiteral(kept.map(({ signedSeconds }) => signedSeconds)),
    ],
    PREPARED,
  )
}

/**
 * The time of a checkpoint. It never goes back, whatever the machine's clock does. One that ends before its trail says
 * when its last event came: what came after and is sealed next would seem back-dated if it said the moment of signing.
 */
function signingSeconds(head: LockedHead, run: LeafRun | undefined, isWhole: boolean, nowMs: number): number {
  const seconds = isWhole ? nowMs / 1000 : Math.min(nowMs / 1000, run?.newest_seconds ?? 0)
  return Math.max(Math.floor(seconds), head.signed_seconds)
}

/** Grows one tree by the leaves that were read, and signs it; words where that must not be done. */
function sealHead(
  head: LockedHead,
  run: LeafRun | undefined,
  maxLeaves: number,
  clocks: readonly PublishedKey[],
  { signer, published, now }: SealTools,
): { sealed: SealedHead; tiles: TenantTile[] } | string {
  const refused = refusalOf(head, published.get(head.log_id)) ?? rowRefusal(head, run)
  if (refused) return refused
  const before = { size: head.size, hashes: head.frontier }
  const leaves = run?.leaves ?? Buffer.alloc(0)
  const grown = growTree(before, leaves)
  if (!grown)
    return `An event between ${tileStart(head.size)} and ${head.size - 1} is no longer the one that was sealed.`
  const { size, hashes: frontier } = grown.frontier
  const signedSeconds = signingSeconds(head, run, (run?.count ?? 0) < maxLeaves, now())
  const hasGrown = size > head.size
  const keptSeconds =
    hasGrown && hourOf(signedSeconds) > hourOf(head.kept_seconds) ? signedSeconds : head.kept_seconds
  const root = hasGrown ? frontierRoot(grown.frontier) : head.root
  try {
    const note = signer.sign({ origin: head.origin, size, root }, head.keys ?? [], clocks, signedSeconds)
    const tiles = grown.tiles.map((tile) => ({ tenantId: head.tenant_id, ...tile }))
    return { sealed: { head, size, root, frontier, note, signedSeconds, keptSeconds }, tiles }
  } catch (error) {
    if (error instanceof WrongSecretError) return error.message
    throw error
  }
}

/**
 * Seals some tenants' trails in one transaction, as far as `maxLeaves` of each reach: those whose heads nobody else
 * holds. Commits, and only then publishes. A log that can't be signed without a fork is refused and left; the others
 * go on.
 */
export async function sealHeads(
  tenantIds: readonly string[],
  maxLeaves: number,
  tools: SealTools,
): Promise<SealedGroup> {
  const stopped: SealedGroup['stopped'] = []
  const sealed = await driver('seal').begin(async (sql) => {
    const nowSeconds = tools.now() / 1000
    const heads = await sql.unsafe<LockedHead[]>(
      LOCK_STATEMENT,
      [arrayLiteral(tenantIds), nowSeconds],
      PREPARED,
    )
    if (heads.length === 0) return []
    const runs = await readLeaves(sql, heads, maxLeaves)
    const clocksOf = await readClocks(
      sql,
      heads.map(({ origin }) => origin),
      nowSeconds,
      tools.signer,
    )
    const done: SealedHead[] = []
    const tiles: TenantTile[] = []
    for (const head of heads) {
      const outcome = sealHead(head, runs.get(head.tenant_id), maxLeaves, clocksOf(head.origin), tools)
      if (typeof outcome === 'string') {
        stopped.push({ tenantId: head.tenant_id, words: outcome })
        await sql.unsafe(REFUSE_STATEMENT, [head.tenant_id, outcome, nowSeconds])
        continue
      }
      done.push(outcome.sealed)
      tiles.push(...outcome.tiles)
      tiles.push(
        ...(await completeUpperTiles(sql, head.tenant_id, head.size, outcome.sealed.size, outcome.tiles)),
      )
    }
    await writeTiles(sql, tiles)
    await writeHeads(sql, done)
    return done
  })
  tools.published.note(sealed.map(({ head, note }) => ({ logId: head.log_id, note })))
  const events = sealed.reduce((sum, { size, head }) => sum + size - head.size, 0)
  return { logs: sealed.length, events, stopped }
}
