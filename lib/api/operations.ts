import { HEC_OPERATIONS } from '@/lib/hec/hec-operations'
import { OTLP_OPERATIONS } from '@/lib/otlp/otlp-operations'
import { TRAIL_OPERATIONS } from '@/lib/trail/trail-operations'
import type { Operation } from './operation'
import { SERVICE_OPERATIONS } from './service-operations'

/** Every operation that a token can call. A feature keeps its own list beside its verbs and is added here. */
export const OPERATIONS: readonly Operation[] = [
  ...TRAIL_OPERATIONS,
  ...HEC_OPERATIONS,
  ...OTLP_OPERATIONS,
  ...SERVICE_OPERATIONS,
]
