import { and, eq, sql } from 'drizzle-orm'
import { becomeTenant, type Transaction } from '@/db/client'
import { anchorPeers } from '@/db/schema/anchors'
import { logSettings } from '@/db/schema/logs'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { AppError } from '@/lib/errors/app-error'
import { hashUrlRest, shortenUrl } from '@/lib/http/shorten-url'
import { canonicalJson } from '@/lib/integrity/jcs'
import type { AnchorSettingsInput } from './input'

type PeerRow = typeof anchorPeers.$inferSelect
type Kind = PeerRow['kind']

/** How it goes with a witness or a time-stamp authority. Times are null while there was none. */
export type PeerState = {
  /** When and at which size it last confirmed a checkpoint. */
  anchoredAt: Date | null
  anchoredSize: number | null
  /** When it last failed, and why, in words for people. */
  failedAt: Date | null
  failMessage: string | null
  /** Failures since the last success: 0 while it works. */
  failures: number
  /** When it is asked next; in the past while the log has not grown since the last time. */
  nextAt: Date
}

/** `witness` and `timestamp` are null where none is set. */
export type AnchorSettings = AnchorSettingsInput & {
  witness: PeerState | null
  timestamp: PeerState | null
}

const DEFAULT_EVERY_MINUTES = 60

async function read(tx: Transaction, { tenantId }: TenantScope) {
  const [log] = await tx.select().from(logSettings).where(eq(logSettings.tenantId, tenantId))
  const peers = await tx.select().from(anchorPeers).where(eq(anchorPeers.tenantId, tenantId))
  const find = (kind: Kind) => peers.find((peer) => peer.kind === kind)
  return {
    checkpointPublic: log?.checkpointPublic ?? false,
    witness: find('witness'),
    stamp: find('rfc3161'),
  }
}

type Stored = Awaited<ReturnType<typeof read>>

function toInput({ checkpointPublic, witness, stamp }: Stored): AnchorSettingsInput {
  return {
    checkpointPublic,
    witnessUrl: witness?.url ?? '',
    witnessVkey: witness?.vkey ?? '',
    witnessEveryMinutes: witness?.everyMinutes ?? DEFAULT_EVERY_MINUTES,
    timestampUrl: stamp?.url ?? '',
    timestampEveryMinutes: stamp?.everyMinutes ?? DEFAULT_EVERY_MINUTES,
  }
}

function toState(peer: PeerRow | undefined): PeerState | null {
  if (!peer) return null
  const { anchoredAt, anchoredSize, failedAt, failMessage, failures, dueAt: nextAt } = peer
  return { anchoredAt, anchoredSize, failedAt, failMessage, failures, nextAt }
}

const shorten = (url: string) => (url === '' ? '' : shortenUrl(url))

/** URLs only with their origin, and `/…`, for whoever may not manage integrity: some carry a key in the rest. */
export async function getAnchorSettings(scope: TenantScope): Promise<AnchorSettings> {
  requirePermission(scope, 'events:read')
  const stored = await inTenant(scope, (tx) => read(tx, scope))
  const input = toInput(stored)
  const isWhole = scope.permissions.has('integrity:manage')
  return {
    ...input,
    ...(!isWhole && { witnessUrl: shorten(input.witnessUrl), timestampUrl: shorten(input.timestampUrl) }),
    witness: toState(stored.witness),
    timestamp: toState(stored.stamp),
  }
}

function complain(field: keyof AnchorSettingsInput, detail: string): never {
  const violations = [{ pointer: `/${field}`, code: 'invalid', detail }]
  throw new AppError('invalid', 'Please check the marked fields.', { violations })
}

/** What the trail may show: a URL's path and query may carry a key, so only a hash tells of them. */
function auditFacts(input: AnchorSettingsInput): Record<string, unknown> {
  const { witnessUrl, timestampUrl } = input
  const restHash = (url: string) => (url === '' ? null : hashUrlRest(url))
  return {
    ...input,
    witnessUrl: shorten(witnessUrl),
    witnessUrlRestHash: restHash(witnessUrl),
    timestampUrl: shorten(timestampUrl),
    timestampUrlRestHash: restHash(timestampUrl),
  }
}

type Wanted = { url: string; vkey: string | null; everyMinutes: number }

/** Another URL or key is another peer, which knows nothing yet; so its row begins anew. */
async function writePeer(
  tx: Transaction,
  tenantId: string,
  kind: Kind,
  before: PeerRow | undefined,
  { url, vkey, everyMinutes }: Wanted,
): Promise<void> {
  const isIt = and(eq(anchorPeers.tenantId, tenantId), eq(anchorPeers.kind, kind))
  if (before && before.url === url && before.vkey === vkey) {
    await tx.update(anchorPeers).set({ everyMinutes, dueAt: sql`now()` }).where(isIt)
    return
  }
  if (before) await tx.delete(anchorPeers).where(isIt)
  if (url !== '')
    await tx.execute(sql`insert into anchor_peers (tenant_id, kind, url, vkey, every_minutes)
      values (${tenantId}, ${kind}, ${url}, ${vkey}, ${everyMinutes})`)
}

/**
 * Changes what differs, and records it. Another URL or key is another peer, whose state begins anew and which is
 * asked at once. `teller` names the trail that tells of it, for the anchor log, whose leaves are no events. Throws
 * `invalid` where the fields don't fit together.
 */
export async function setAnchorSettings(
  scope: TenantScope,
  input: AnchorSettingsInput,
  teller = scope,
): Promise<void> {
  requirePermission(scope, 'integrity:manage')
  const { tenantId } = scope
  const { checkpointPublic, witnessUrl, witnessVkey, timestampUrl } = input
  if (witnessUrl !== '' && witnessVkey === '')
    complain('witnessVkey', 'Give the verifier key, by which its cosignatures are checked.')
  if (witnessUrl === '' && witnessVkey !== '')
    complain('witnessUrl', 'Give the URL of the witness, or leave its key empty as well.')
  const witness = { url: witnessUrl, vkey: witnessVkey || null, everyMinutes: input.witnessEveryMinutes }
  const stamp = { url: timestampUrl, vkey: null, everyMinutes: input.timestampEveryMinutes }
  await inTenant(scope, async (tx) => {
    // Two people who save at once do it one after the other.
    await tx
      .insert(logSettings)
      .values({ tenantId, checkpointPublic })
      .onConflictDoUpdate({ target: logSettings.tenantId, set: { tenantId } })
    const stored = await read(tx, scope)
    const before = toInput(stored)
    await tx.update(logSettings).set({ checkpointPublic }).where(eq(logSettings.tenantId, tenantId))
    await writePeer(tx, tenantId, 'witness', stored.witness, witness)
    await writePeer(tx, tenantId, 'rfc3161', stored.stamp, stamp)
    if (canonicalJson(before) === canonicalJson(input)) return
    await becomeTenant(tx, teller.tenantId)
    await recordEvent(tx, teller, 'LOG_SETTINGS_CHANGED', {
      targets: [{ type: 'log', name: `Log of ${scope.tenantName}`, id: tenantId }],
      data: { before: auditFacts(before), after: auditFacts(input) },
    })
  })
}
