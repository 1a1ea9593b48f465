import { z } from 'zod'
import { problemsOf, soundMembers } from '@/app/(console)/[tenant]/ledger/test/problems-of'
import { saidSchema } from '@/app/(console)/[tenant]/ledger/test/said'
import type { TestedMatch } from '@/components/ledger/test-box/tested-match'
import type { TenantScope } from '@/lib/access/scope'
import { checkPolicy } from '@/lib/ledger/policies/check'
import { policyEntrySchema } from '@/lib/ledger/policies/definition'
import { explainMatch } from '@/lib/ledger/policies/explain'
import { checkPolicySchema } from '@/lib/ledger/policies/input'
import { previewDisplays } from '@/lib/ledger/policies/preview-displays'
import { listRules } from '@/lib/ledger/rules/list'

/** The entries as they are while somebody writes them; nothing is looked for until something is said. */
export const tryPolicySchema = z.strictObject({
  entries: z.array(z.unknown()),
  said: saidSchema.optional(),
})

/** All that is wrong with a policy, how each of its entries shows somebody, and whom it finds once nothing is. */
export async function tryPolicy(
  scope: TenantScope,
  { entries: drafts, said }: z.output<typeof tryPolicySchema>,
): Promise<TestedMatch> {
  const previews = await previewEntries(scope, drafts)
  const parsed = checkPolicySchema.safeParse({ entries: drafts })
  if (!parsed.success) {
    const { members, toPlaces } = soundMembers(drafts, policyEntrySchema)
    const others = await checkPolicy(scope, { entries: members })
    return { problems: [...problemsOf(parsed.error), ...toPlaces(others)], explanation: null, previews }
  }
  const { entries } = parsed.data
  const problems = await checkPolicy(scope, { entries })
  const isSound = problems.every(({ isWarning }) => isWarning)
  const explanation = isSound && said ? await explainMatch(scope, { ...said, entries }) : null
  return { problems, explanation, previews }
}

async function previewEntries(scope: TenantScope, drafts: readonly unknown[]) {
  const types = new Map((await listRules(scope)).map(({ id, entityType }) => [id, entityType]))
  const shown = drafts.map((draft) => {
    const { data } = policyEntrySchema.safeParse(draft)
    const entityType = types.get(data?.ruleId ?? '')
    return data && entityType && { entityType, display: data.display }
  })
  const previews = await previewDisplays(scope, { displays: shown.flatMap((one) => one ?? []) })
  let next = 0
  return shown.map((one) => (one ? (previews[next++] ?? null) : null))
}
