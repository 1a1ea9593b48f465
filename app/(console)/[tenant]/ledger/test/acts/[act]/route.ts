import { jsonAct, jsonRoute } from '@/app/(console)/[tenant]/collection/json-route'
import { tryPolicy, tryPolicySchema } from '@/app/(console)/[tenant]/ledger/test/try-policy'
import {
  tryPattern,
  tryPatternSchema,
  tryRule,
  tryRuleSchema,
} from '@/app/(console)/[tenant]/ledger/test/try-rule'
import type { TestedMatch } from '@/components/ledger/test-box/tested-match'
import { explainMatch } from '@/lib/ledger/policies/explain'
import { explainMatchSchema } from '@/lib/ledger/policies/input'

const MANAGE = 'ledger:manage'

// For members, by their session: what a rule or a policy would find. Nothing is stored.
const { POST } = jsonRoute({
  rule: jsonAct(MANAGE, tryRuleSchema, tryRule),
  policy: jsonAct(MANAGE, tryPolicySchema, tryPolicy),
  pattern: jsonAct(MANAGE, tryPatternSchema, tryPattern),
  match: jsonAct('ledger:read', explainMatchSchema, async (scope, input): Promise<TestedMatch> => {
    return { problems: [], explanation: await explainMatch(scope, input) }
  }),
})

export { POST }
