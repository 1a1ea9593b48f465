import type { OwnCode } from './own-code'

/** What is recorded about the ledger, and about matching events with it. */
export const LEDGER_CODES = {
  LEDGER_IMPORTED: {
    type: 'admin',
    action: 'imported',
    level: 'notice',
    status: 'success',
    meaning: 'Entities were loaded into the ledger.',
  },
  LEDGER_ENTITY_SAVED: {
    type: 'admin',
    action: 'updated',
    level: 'notice',
    status: 'success',
    meaning: 'An entity of the ledger was added or changed by hand.',
  },
  LEDGER_ENTITY_REMOVED: {
    type: 'admin',
    action: 'deleted',
    level: 'warning',
    status: 'success',
    meaning:
      'An entity was removed from the ledger; events that it was matched with show their own names again.',
  },
  LEDGER_EXPORTED: {
    type: 'admin',
    action: 'exported',
    level: 'notice',
    status: 'success',
    meaning: 'All entities of a type were taken out of the ledger as a file.',
  },
  MATCHING_RULE_CREATED: {
    type: 'admin',
    action: 'created',
    level: 'notice',
    status: 'success',
    meaning: 'A matching rule was added.',
  },
  MATCHING_RULE_UPDATED: {
    type: 'admin',
    action: 'updated',
    level: 'notice',
    status: 'success',
    meaning: 'A matching rule was changed.',
  },
  MATCHING_RULE_REMOVED: {
    type: 'admin',
    action: 'deleted',
    level: 'notice',
    status: 'success',
    meaning: 'A matching rule that no policy uses was removed.',
  },
  MATCHING_POLICY_CREATED: {
    type: 'admin',
    action: 'created',
    level: 'notice',
    status: 'success',
    meaning: 'A matching policy was added.',
  },
  MATCHING_POLICY_UPDATED: {
    type: 'admin',
    action: 'updated',
    level: 'notice',
    status: 'success',
    meaning: 'A matching policy was changed, by itself or by one of its rules.',
  },
  MATCHING_POLICY_REMOVED: {
    type: 'admin',
    action: 'deleted',
    level: 'notice',
    status: 'success',
    meaning: 'A matching policy that no source uses was removed.',
  },
  MATCHING_SOURCE_SET: {
    type: 'admin',
    action: 'updated',
    level: 'notice',
    status: 'success',
    meaning: 'The events of a source were given another matching policy, or none.',
  },
  MATCHING_REPEATED: {
    type: 'system',
    action: 'matched',
    level: 'info',
    status: 'success',
    meaning:
      'All names in the trail were matched again, because the ledger or the way of matching had changed.',
  },
} as const satisfies Record<string, OwnCode>
