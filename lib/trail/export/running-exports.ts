import { randomUUID } from 'node:crypto'
import type { TenantScope } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'

export type ExportOutcome = 'finished' | 'cancelled' | 'broken'

/** How far an export is. `seen` of `total` places of the trail were looked at; `bytes` before compression. */
export type ExportProgress = {
  state: 'running' | ExportOutcome
  events: number
  bytes: number
  seen: number
  total: number
}

export type RunningExport = {
  id: string
  tenantId: string
  principalId: string
  progress: ExportProgress
  /** Ends its stream, once it has one. */
  cancel: () => void
}

/** Each keeps a connection and a core busy; who needs more starts them one after the other. */
const MAX_RUNNING_PER_TENANT = 3
const RETRY_AFTER_SECONDS = 10
/** Whoever watches an export asks every second or so. */
const KEPT_AFTER_END_MS = 5 * 60_000

// On globalThis: the front lane and Next's route handlers are loaded apart, and the console watches what either runs.
const store = globalThis as unknown as { spoorExports?: Map<string, RunningExport> }
store.spoorExports ??= new Map()
const exports = store.spoorExports

const keyOf = (tenantId: string, id: string) => `${tenantId} ${id}`

/**
 * Registers an export under `id`, which whoever asked for it chose, or under one of ours. Throws `rate_limited`
 * while the tenant has as many as it may, `conflict` for an id in use.
 */
export function registerExport(scope: TenantScope, total: number, id: string = randomUUID()): RunningExport {
  const { tenantId, principal } = scope
  const running = [...exports.values()].filter((one) => one.tenantId === tenantId && isRunning(one))
  if (running.length >= MAX_RUNNING_PER_TENANT) {
    const message = `${running.length} exports of this workspace are running. Wait for one to end, or cancel it.`
    throw new AppError('rate_limited', message, { retryAfterSeconds: RETRY_AFTER_SECONDS })
  }
  if (exports.has(keyOf(tenantId, id)))
    throw new AppError('conflict', 'There is an export with this id already.')
  const progress: ExportProgress = { state: 'running', events: 0, bytes: 0, seen: 0, total }
  const started = { id, tenantId, principalId: principal.id, progress, cancel: () => {} }
  exports.set(keyOf(tenantId, id), started)
  return started
}

/** Marks the end; the last state stays readable for some minutes. */
export function endExport({ tenantId, id, progress }: RunningExport, outcome: ExportOutcome): void {
  progress.state = outcome
  setTimeout(() => exports.delete(keyOf(tenantId, id)), KEPT_AFTER_END_MS).unref()
}

/**
 * An export that the same person or token started in this process. Throws `not_found`: also where another
 * process of the instance runs it, about which only its own download tells.
 */
export function findExport(scope: TenantScope, id: string): RunningExport {
  const found = exports.get(keyOf(scope.tenantId, id))
  if (!found || found.principalId !== scope.principal.id)
    throw new AppError('not_found', 'This server knows no such export.')
  return found
}

const isRunning = ({ progress }: RunningExport) => progress.state === 'running'
