import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { nodePrimitives } from '@/lib/integrity/verify/node-primitives'
import type { Verifier } from '@/lib/integrity/verify/open-checkpoint'
import { type PinnedKey, parseVkey } from '@/lib/integrity/verify/vkey'

/** What is signed of a trail, as it is stored, all of one moment. */
export type SignedLog = {
  epoch: number
  origin: string
  size: number
  root: Buffer
  frontier: Buffer
  note: string
  /** The trail's own counters. */
  nextSeq: number
  firstSeq: number
  /** Keys of all epochs, and how each epoch ended. */
  epochs: { epoch: number; origin: string; finalSize: number | null; vkeys: string[]; numbers: number[] }[]
  clocks: string[]
}

type Row = Omit<SignedLog, 'nextSeq' | 'firstSeq'> & { next_seq: number; first_seq: number }

/** Undefined where the trail has no head. */
export async function readSignedLog(tx: Transaction, tenantId: string): Promise<SignedLog | undefined> {
  const [row] = await tx.execute<Row>(sql`
    select h.epoch, l.origin, h.size, h.root, h.frontier, h.note, t.next_seq, t.first_seq, (
      select json_agg(json_build_object('epoch', e.epoch, 'origin', e.origin, 'finalSize', e.final_size, 'vkeys', (
        select coalesce(json_agg(k.vkey order by k.number), '[]') from log_keys k
        where k.tenant_id = e.tenant_id and k.epoch = e.epoch), 'numbers', (
        select coalesce(json_agg(k.number order by k.number), '[]') from log_keys k
        where k.tenant_id = e.tenant_id and k.epoch = e.epoch)) order by e.epoch)
      from logs e where e.tenant_id = h.tenant_id
    ) as epochs, (select coalesce(json_agg(vkey), '[]') from clock_keys) as clocks
    from log_heads h join logs l on l.tenant_id = h.tenant_id and l.epoch = h.epoch
    join trail_heads t on t.tenant_id = h.tenant_id
    where h.tenant_id = ${tenantId}`)
  if (!row) return undefined
  const { next_seq: nextSeq, first_seq: firstSeq, ...rest } = row
  return { ...rest, nextSeq, firstSeq }
}

/** Any clock of the operator's will do. */
const GROUP = 'clocks'

function parseKeys(vkeys: readonly string[]): PinnedKey[] {
  return vkeys.flatMap((vkey) => {
    try {
      return [parseVkey(nodePrimitives.sha256, vkey)]
    } catch {
      return []
    }
  })
}

/** Whether all keys that are stored for a log are keys at all. */
export function areKeysWhole({ epochs, clocks }: SignedLog): boolean {
  const vkeys = [...epochs.flatMap((one) => one.vkeys), ...clocks]
  return parseKeys(vkeys).length === vkeys.length
}

/** Believes the keys that are stored for an epoch, and the clocks: whether those are right is asked elsewhere. */
export function verifierOfEpoch({ epochs, clocks }: SignedLog, epoch: number): Verifier {
  const vkeys = epochs.find((one) => one.epoch === epoch)?.vkeys ?? []
  const clockKeys = parseKeys(clocks)
  const names = clockKeys.map((_, i) => `clock-${i}`)
  return {
    primitives: nodePrimitives,
    policy: {
      logs: parseKeys(vkeys),
      witnesses: new Map(clockKeys.map((key, i) => [names[i] as string, key])),
      groups: new Map([[GROUP, { least: 1, members: names }]]),
      quorum: GROUP,
    },
  }
}
