import { randomUUID } from 'node:crypto'
import type { LeasedRun } from '@/lib/collection/runs/lease-run'
import type { FilledTenant } from './filled-tenant'

/** The victim's run as if somebody else had leased it. */
export const leasedRun = ({ runId, siloId, lineId }: FilledTenant): LeasedRun => ({
  id: runId,
  kind: 'rejects',
  leaseToken: randomUUID(),
  executionId: null,
  silo: { id: siloId, name: 'intruder', lineId, origin: { kind: 'upload' }, reading: {} },
})
