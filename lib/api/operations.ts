import { CHANNEL_OPERATIONS } from '@/lib/channels/channel-operations'
import { COLLECTION_OPERATIONS } from '@/lib/collection/api/collection-operations'
import { ERASURE_OPERATIONS } from '@/lib/erasure/erasure-operations'
import { destinationOperationsOf } from '@/lib/forwarding/destination-operations'
import { HEC_OPERATIONS } from '@/lib/hec/hec-operations'
import { HOLD_OPERATIONS } from '@/lib/holds/hold-operations'
import { ANCHOR_OPERATIONS } from '@/lib/integrity/anchor/anchor-operations'
import { EVIDENCE_OPERATIONS } from '@/lib/integrity/bundle/evidence-operations'
import { LOG_OPERATIONS } from '@/lib/integrity/log/log-operations'
import { LEDGER_OPERATIONS } from '@/lib/ledger/api/ledger-operations'
import { OTLP_OPERATIONS } from '@/lib/otlp/otlp-operations'
import { RETENTION_OPERATIONS } from '@/lib/retention/retention-operations'
import { TRAIL_OPERATIONS } from '@/lib/trail/trail-operations'
import type { Operation } from './operation'
import { SERVICE_OPERATIONS } from './service-operations'

/** Every operation that a token can call. A feature keeps its own list beside its verbs and is added here. */
export const OPERATIONS: readonly Operation[] = [
  ...TRAIL_OPERATIONS,
  ...LOG_OPERATIONS,
  ...ANCHOR_OPERATIONS,
  ...EVIDENCE_OPERATIONS,
  ...ERASURE_OPERATIONS,
  ...RETENTION_OPERATIONS,
  ...HOLD_OPERATIONS,
  ...destinationOperationsOf('forwarding'),
  ...CHANNEL_OPERATIONS,
  ...COLLECTION_OPERATIONS,
  ...LEDGER_OPERATIONS,
  ...HEC_OPERATIONS,
  ...OTLP_OPERATIONS,
  ...SERVICE_OPERATIONS,
]
