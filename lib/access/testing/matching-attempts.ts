import { inTenant } from '@/lib/access/in-tenant'
import { checkPolicy } from '@/lib/ledger/policies/check'
import { createPolicy } from '@/lib/ledger/policies/create'
import { explainMatch } from '@/lib/ledger/policies/explain'
import { getPolicy } from '@/lib/ledger/policies/get'
import { createPolicySchema, explainMatchSchema } from '@/lib/ledger/policies/input'
import { listPolicies } from '@/lib/ledger/policies/list'
import { listSources } from '@/lib/ledger/policies/list-sources'
import { listPolicyVersions } from '@/lib/ledger/policies/list-versions'
import { makeDefault } from '@/lib/ledger/policies/make-default'
import { previewDisplays } from '@/lib/ledger/policies/preview-displays'
import { removePolicy } from '@/lib/ledger/policies/remove'
import { replaceRule } from '@/lib/ledger/policies/replace-rule'
import { setSource } from '@/lib/ledger/policies/set-source'
import { updatePolicy } from '@/lib/ledger/policies/update'
import { checkRule } from '@/lib/ledger/rules/check'
import { createRule } from '@/lib/ledger/rules/create'
import { ruleDefinitionSchema } from '@/lib/ledger/rules/definition'
import { getRule } from '@/lib/ledger/rules/get'
import { listRules } from '@/lib/ledger/rules/list'
import { listAttributes } from '@/lib/ledger/rules/list-attributes'
import { listRuleVersions } from '@/lib/ledger/rules/list-versions'
import { removeRule } from '@/lib/ledger/rules/remove'
import { updateRule } from '@/lib/ledger/rules/update'
import type { Attempt } from './destination-attempts'
import type { FilledTenant } from './filled-tenant'

const done = () => 'done'
const entityType = 'identity'
const definition = ruleDefinitionSchema.parse({
  comparisons: [{ kind: 'finds', attribute: 'email', by: 'email', parameter: 1 }],
})
const RULE = { name: 'intruder', note: '', entityType, definition } as const
/** Entries that name the victim's rule. */
const entriesOf = ({ ruleId }: FilledTenant) =>
  createPolicySchema.parse({
    name: 'intruder',
    entries: [{ logEntity: 'actor', ruleId, display: '{display_name}' }],
  })

/** Verbs that name a rule or a policy of the victim. */
export const MATCHING_NOT_FOUND: Record<string, Attempt> = {
  'ledger/policies/explain explainMatch': (b, a) =>
    explainMatch(b, explainMatchSchema.parse({ policyId: a.policyId, name: a.entityKey })),
  'ledger/policies/get getPolicy': (b, a) => getPolicy(b, { id: a.policyId }),
  'ledger/policies/list-versions listPolicyVersions': (b, a) => listPolicyVersions(b, { id: a.policyId }),
  'ledger/policies/make-default makeDefault': (b, a) => makeDefault(b, { id: a.sparePolicyId }),
  'ledger/policies/remove removePolicy': (b, a) => removePolicy(b, { id: a.sparePolicyId }).then(done),
  'ledger/policies/set-source setSource': (b, a) =>
    setSource(b, { origin: 'console', policy: a.sparePolicyId }),
  'ledger/policies/update updatePolicy': (b, a) => updatePolicy(b, { id: a.policyId, note: 'intruder' }),
  'ledger/rules/get getRule': (b, a) => getRule(b, { id: a.ruleId }),
  'ledger/rules/list-versions listRuleVersions': (b, a) => listRuleVersions(b, { id: a.ruleId }),
  'ledger/rules/remove removeRule': (b, a) => removeRule(b, { id: a.spareRuleId }).then(done),
  'ledger/rules/update updateRule': (b, a) => updateRule(b, { id: a.ruleId, definition }),
}

/** Those that name none, or look for some. */
export const MATCHING_NOTHING: Record<string, Attempt> = {
  'ledger/policies/check checkPolicy': (b, a) => checkPolicy(b, entriesOf(a)),
  'ledger/policies/create createPolicy': (b, a) => createPolicy(b, entriesOf(a)).catch(done),
  'ledger/policies/list listPolicies': (b) => listPolicies(b),
  'ledger/policies/list-sources listSources': (b) => listSources(b),
  'ledger/policies/preview-displays previewDisplays': (b) =>
    previewDisplays(b, { displays: [{ entityType, display: '{display_name}' }] }),
  'ledger/policies/replace-rule replaceRule': (b, a) =>
    inTenant(b, (tx) => replaceRule(tx, b, a.ruleId, { ...RULE, version: 2 })),
  'ledger/rules/check checkRule': (b) => checkRule(b, { entityType, definition }),
  'ledger/rules/create createRule': (b) => createRule(b, RULE),
  'ledger/rules/list listRules': (b) => listRules(b),
  'ledger/rules/list-attributes listAttributes': (b) => listAttributes(b, { entityType }),
}
