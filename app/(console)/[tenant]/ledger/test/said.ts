import { explainMatchSchema } from '@/lib/ledger/policies/input'

/** What an event would say, and when. */
export const saidSchema = explainMatchSchema.omit({ policyId: true, rule: true })
