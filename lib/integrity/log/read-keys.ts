import { asc, desc, eq, inArray } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { clockKeys, logKeys, logs } from '@/db/schema/logs'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { readAnchorLogKeys } from '@/lib/integrity/anchor/read-anchor-log-keys'
import { hostOf } from '@/lib/integrity/seal/log-signer'

export type LogKey = {
  /** 0, 1, 2 … with each rotation. */
  number: number
  vkey: string
  /** Size of the tree when it began to sign. */
  fromSize: number
  /** Size from which its successor signs, or the epoch's last; null while it is the newest. */
  toSize: number | null
  createdAt: string
  /** A replaced key signs beside its successor until then. */
  retiresAt: string | null
}

/** A name under which the trail's tree was signed, with its keys, the newest first. */
export type LogEpoch = {
  epoch: number
  logId: string
  origin: string
  openedAt: string
  /** Why it was opened; null for a trail's first. */
  reason: string | null
  closedAt: string | null
  finalSize: number | null
  keys: LogKey[]
}

export type ClockKey = { vkey: string; createdAt: string; retiresAt: string | null }

/** All epochs, the current one first, the clocks of their hosts, and the keys of the operator's anchor log. */
export type LogKeys = { epochs: LogEpoch[]; clocks: ClockKey[]; anchorLog: string[] }

const iso = (date: Date | null) => date?.toISOString() ?? null

/** The public keys of the tenant's log. Empty until the sealer has opened it. */
export async function readKeys(scope: TenantScope): Promise<LogKeys> {
  requirePermission(scope, 'events:read')
  return inTenant(scope, async (tx) => {
    const { tenantId } = scope
    const epochs = await tx.select().from(logs).where(eq(logs.tenantId, tenantId)).orderBy(desc(logs.epoch))
    const keys = await tx
      .select()
      .from(logKeys)
      .where(eq(logKeys.tenantId, tenantId))
      .orderBy(asc(logKeys.number))
    const hosts = [...new Set(epochs.map(({ origin }) => hostOf(origin)))]
    return {
      epochs: epochs.map((epoch) => toEpoch(epoch, keys)),
      clocks: await readClocks(tx, hosts),
      anchorLog: await readAnchorLogKeys(tx, tenantId),
    }
  })
}

async function readClocks(tx: Transaction, hosts: string[]): Promise<ClockKey[]> {
  if (hosts.length === 0) return []
  const rows = await tx
    .select({ vkey: clockKeys.vkey, createdAt: clockKeys.createdAt, retiresAt: clockKeys.retiresAt })
    .from(clockKeys)
    .where(inArray(clockKeys.host, hosts))
    .orderBy(desc(clockKeys.number))
  return rows.map(({ vkey, createdAt, retiresAt }) => ({
    vkey,
    createdAt: createdAt.toISOString(),
    retiresAt: iso(retiresAt),
  }))
}

function toEpoch(row: typeof logs.$inferSelect, all: (typeof logKeys.$inferSelect)[]): LogEpoch {
  const { epoch, logId, origin, openedAt, reason, closedAt, finalSize } = row
  const own = all.filter((key) => key.epoch === epoch)
  const keys = own.map(({ number, vkey, fromSize, createdAt, retiresAt }, i) => ({
    number,
    vkey,
    fromSize,
    toSize: own[i + 1]?.fromSize ?? finalSize,
    createdAt: createdAt.toISOString(),
    retiresAt: iso(retiresAt),
  }))
  return {
    epoch,
    logId,
    origin,
    openedAt: openedAt.toISOString(),
    reason,
    closedAt: iso(closedAt),
    finalSize,
    keys: keys.reverse(),
  }
}
