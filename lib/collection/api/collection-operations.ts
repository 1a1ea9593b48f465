import type { Operation } from '@/lib/api/operation'
import { FILE_OPERATIONS } from './file-operations'
import { LINE_OPERATIONS } from './line-operations'
import { PLAN_OPERATIONS } from './plan-operations'
import { RUN_OPERATIONS } from './run-operations'
import { SILO_OPERATIONS } from './silo-operations'
import { TABLE_OPERATIONS } from './table-operations'

/** Everything that a token can do about collecting audit logs from files. */
export const COLLECTION_OPERATIONS: readonly Operation[] = [
  ...SILO_OPERATIONS,
  ...FILE_OPERATIONS,
  ...RUN_OPERATIONS,
  ...LINE_OPERATIONS,
  ...TABLE_OPERATIONS,
  ...PLAN_OPERATIONS,
]
