import type { Operation } from '@/lib/api/operation'
import { ENTITY_OPERATIONS } from './entity-operations'
import { IMPORT_OPERATIONS } from './import-operations'
import { MATCHING_OPERATIONS } from './matching-operations'
import { POLICY_OPERATIONS } from './policy-operations'
import { RULE_OPERATIONS } from './rule-operations'

/** Everything that a token can do about the ledger, and about matching events to it. */
export const LEDGER_OPERATIONS: readonly Operation[] = [
  ...ENTITY_OPERATIONS,
  ...IMPORT_OPERATIONS,
  ...MATCHING_OPERATIONS,
  ...RULE_OPERATIONS,
  ...POLICY_OPERATIONS,
]
