import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import { newReference, reportError } from '@/lib/errors/report-error'
import { recordEvent } from './record-event'

/** What a token can read; the names stand in the event that tells of it. */
export type ReadKind = 'list' | 'event' | 'count' | 'facets' | 'histogram' | 'follow'

/** A poller then adds two events in ten minutes, however often it asks, and reading them adds none. */
const WINDOW_MS = 10 * 60_000
/** While the database is away the count is kept, and tried again. */
const RETRY_MS = 60_000

type Window = {
  scope: TenantScope
  fromMs: number
  /** Settles when the first read is in the trail. */
  recorded: Promise<void>
  /** Reads since the first, by kind. */
  counts: Map<ReadKind, number>
  timer: NodeJS.Timeout | undefined
}

// On globalThis: the front lane and Next's route handlers are loaded apart, and share a token's window.
const store = globalThis as unknown as { spoorReadWindows?: Map<string, Window> }
store.spoorReadWindows ??= new Map()
const windows = store.spoorReadWindows

/**
 * Tells the trail that a token reads it; call it before answering. The first read of a token within ten minutes
 * is an event when this resolves, all others of these minutes are counted in one event at their end. A crash
 * loses that count, never the first. Members read their trail unrecorded.
 */
export async function noteRead(scope: TenantScope, kind: ReadKind): Promise<void> {
  if (scope.principal.kind !== 'token') return
  const key = `${scope.tenantId} ${scope.principal.id}`
  const open = windows.get(key)
  if (open) {
    await open.recorded
    open.counts.set(kind, (open.counts.get(kind) ?? 0) + 1)
    return
  }
  const fromMs = Date.now()
  const recorded = record(scope, fromMs, new Map([[kind, 1]]), fromMs)
  const window: Window = { scope, fromMs, recorded, counts: new Map(), timer: undefined }
  windows.set(key, window)
  try {
    await recorded
    closeLater(key, window, WINDOW_MS)
  } catch (error) {
    windows.delete(key)
    throw error
  }
}

function closeLater(key: string, window: Window, afterMs: number): void {
  window.timer = setTimeout(() => {
    closeWindow(key, window).catch((error) => {
      reportError(error, newReference())
      closeLater(key, window, RETRY_MS)
    })
  }, afterMs)
  window.timer.unref()
}

/** Stays open until its count is in the trail, so that a failure loses nothing. */
async function closeWindow(key: string, window: Window): Promise<void> {
  clearTimeout(window.timer)
  await window.recorded
  const counts = window.counts
  window.counts = new Map()
  try {
    if (counts.size > 0) await record(window.scope, window.fromMs, counts, Date.now())
  } catch (error) {
    for (const [kind, count] of counts) window.counts.set(kind, (window.counts.get(kind) ?? 0) + count)
    throw error
  }
  // Reads that came while it was recorded begin the next window's count.
  if (window.counts.size > 0) closeLater(key, window, WINDOW_MS)
  else windows.delete(key)
}

/** Puts all open counts into the trail: when the process stops. */
export async function recordOpenReads(): Promise<void> {
  const closing = [...windows].map(([key, window]) => closeWindow(key, window))
  for (const { reason } of (await Promise.allSettled(closing)).filter((one) => one.status === 'rejected'))
    reportError(reason, newReference())
}

async function record(
  scope: TenantScope,
  fromMs: number,
  counts: Map<ReadKind, number>,
  toMs: number,
): Promise<void> {
  const count = [...counts.values()].reduce((sum, each) => sum + each, 0)
  const times = count === 1 ? 'once' : `${count.toLocaleString('en')} times`
  const data = {
    reads: {
      ...Object.fromEntries(counts),
      from: new Date(fromMs).toISOString(),
      to: new Date(toMs).toISOString(),
    },
  }
  await inTenant(scope, (tx) =>
    recordEvent(tx, scope, 'TRAIL_READ', {
      message: `${scope.principal.login} read the trail ${times}`,
      count,
      data,
    }),
  )
}
