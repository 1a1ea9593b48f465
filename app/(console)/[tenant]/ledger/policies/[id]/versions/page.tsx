import type { Metadata } from 'next'
import { found } from '@/app/(console)/[tenant]/collection/found'
import { restorePolicyAction } from '@/app/(console)/[tenant]/ledger/policies/actions'
import { requireMember } from '@/app/session'
import { Above } from '@/components/collection/above'
import { readComparison } from '@/components/collection/versions/comparison'
import { VersionTable } from '@/components/collection/versions/version-table'
import { logEntityWords } from '@/components/ledger/test-box/log-entity-words'
import { VersionDifference } from '@/components/ledger/version-difference'
import { PageHeader } from '@/components/ui/page-header'
import { getPolicy } from '@/lib/ledger/policies/get'
import { listPolicyVersions } from '@/lib/ledger/policies/list-versions'

export const metadata: Metadata = { title: 'Versions of a policy' }

type Props = {
  params: Promise<{ tenant: string; id: string }>
  searchParams: Promise<{ from?: string | string[]; to?: string | string[] }>
}

export default async function PolicyVersionsPage({ params, searchParams }: Props) {
  const [{ tenant, id }, asked] = await Promise.all([params, searchParams])
  const path = `/${tenant}/ledger/policies/${id}`
  const scope = await requireMember(tenant, `${path}/versions`)
  const [policy, versions] = await Promise.all([
    found(getPolicy(scope, { id })),
    found(listPolicyVersions(scope, { id })),
  ])
  const { from, to } = readComparison(asked, policy.version)
  const textOf = async (version: number) => {
    const { entries } = await found(getPolicy(scope, { id, version }))
    return entries
      .map(
        ({ logEntity, rule, display }) =>
          `${logEntityWords(logEntity)}, by ${rule.name} (version ${rule.version}), shown as ${display}`,
      )
      .join('\n')
  }
  const texts = from > 0 && from < to ? await Promise.all([textOf(from), textOf(to)]) : undefined
  return (
    <>
      <PageHeader
        above={<Above href={path}>{policy.name}</Above>}
        title="Versions"
        description="Each was kept as it was saved, with its rules as they were. A new version of a rule makes one too."
      />
      <VersionTable
        what="policy"
        path={path}
        versions={versions.map(({ version, savedBy, savedAt }) => ({
          version,
          savedBy,
          savedAt: savedAt.toISOString(),
        }))}
        newest={policy.version}
        compared={{ from, to }}
        restore={
          scope.permissions.has('ledger:manage')
            ? {
                action: restorePolicyAction.bind(null, tenant),
                id,
                unchangedSince: policy.updatedAt.toISOString(),
              }
            : undefined
        }
      />
      <VersionDifference from={from} to={to} texts={texts} />
    </>
  )
}
