import type { Metadata } from 'next'
import { found } from '@/app/(console)/[tenant]/collection/found'
import { restoreRuleAction } from '@/app/(console)/[tenant]/ledger/rules/actions'
import { requireMember } from '@/app/session'
import { Above } from '@/components/collection/above'
import { readComparison } from '@/components/collection/versions/comparison'
import { VersionTable } from '@/components/collection/versions/version-table'
import { comparisonWords } from '@/components/ledger/rules/comparison-words'
import { VersionDifference } from '@/components/ledger/version-difference'
import { PageHeader } from '@/components/ui/page-header'
import { getRule } from '@/lib/ledger/rules/get'
import { listRuleVersions } from '@/lib/ledger/rules/list-versions'

export const metadata: Metadata = { title: 'Versions of a rule' }

type Props = {
  params: Promise<{ tenant: string; id: string }>
  searchParams: Promise<{ from?: string | string[]; to?: string | string[] }>
}

export default async function RuleVersionsPage({ params, searchParams }: Props) {
  const [{ tenant, id }, asked] = await Promise.all([params, searchParams])
  const path = `/${tenant}/ledger/rules/${id}`
  const scope = await requireMember(tenant, `${path}/versions`)
  const [rule, versions] = await Promise.all([
    found(getRule(scope, { id })),
    found(listRuleVersions(scope, { id })),
  ])
  const { from, to } = readComparison(asked, rule.version)
  const textOf = async (version: number) => {
    const { definition, entityType } = await found(getRule(scope, { id, version }))
    return definition.comparisons.map((one) => comparisonWords(one, entityType)).join('\n')
  }
  const texts = from > 0 && from < to ? await Promise.all([textOf(from), textOf(to)]) : undefined
  return (
    <>
      <PageHeader
        above={<Above href={path}>{rule.name}</Above>}
        title="Versions"
        description="Each was kept as it was saved. Matches name the one that they came of."
      />
      <VersionTable
        what="rule"
        path={path}
        versions={versions.map(({ version, savedBy, savedAt }) => ({
          version,
          savedBy,
          savedAt: savedAt.toISOString(),
        }))}
        newest={rule.version}
        compared={{ from, to }}
        restore={
          scope.permissions.has('ledger:manage')
            ? {
                action: restoreRuleAction.bind(null, tenant),
                id,
                unchangedSince: rule.updatedAt.toISOString(),
              }
            : undefined
        }
      />
      <VersionDifference from={from} to={to} texts={texts} />
    </>
  )
}
