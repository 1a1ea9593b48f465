import { Copy } from 'lucide-react'
import type { Metadata } from 'next'
import { found } from '@/app/(console)/[tenant]/collection/found'
import { removeRuleAction } from '@/app/(console)/[tenant]/ledger/rules/actions'
import { readKnownAttributes } from '@/app/(console)/[tenant]/ledger/rules/known-attributes'
import { wantedVersion } from '@/app/(console)/[tenant]/ledger/rules/wanted-version'
import { requireMember } from '@/app/session'
import { Above } from '@/components/collection/above'
import { RemoveButton } from '@/components/ledger/remove-button'
import { RuleEditor } from '@/components/ledger/rules/rule-editor'
import { VersionLine } from '@/components/ledger/version-line'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import { getRule } from '@/lib/ledger/rules/get'

export const metadata: Metadata = { title: 'Matching rule' }

type Props = {
  params: Promise<{ tenant: string; id: string }>
  searchParams: Promise<{ version?: string | string[] }>
}

/** The newest version can be edited; with `?version=` an earlier one is read. */
export default async function RulePage({ params, searchParams }: Props) {
  const [{ tenant, id }, { version }] = await Promise.all([params, searchParams])
  const path = `/${tenant}/ledger/rules`
  const wanted = wantedVersion(version)
  const scope = await requireMember(tenant, wanted ? `${path}/${id}?version=${wanted}` : `${path}/${id}`)
  const [rule, known] = await Promise.all([
    found(getRule(scope, { id, version: wanted })),
    readKnownAttributes(scope),
  ])
  const canManage = scope.permissions.has('ledger:manage')
  const isNewest = rule.shownVersion === rule.version
  const usedBy = rule.policies.map((policy) => ({
    name: policy.name,
    href: `/${tenant}/ledger/policies/${policy.id}`,
  }))
  return (
    <>
      <PageHeader
        above={<Above href={path}>Rules</Above>}
        title={rule.name}
        description={<VersionLine of={rule} path={`${path}/${id}`} usedBy={usedBy} />}
        actions={
          canManage && (
            <>
              {isNewest && (
                <LinkButton href={`${path}/new?from=${id}`}>
                  <Copy aria-hidden />
                  Duplicate
                </LinkButton>
              )}
              <RemoveButton
                what="rule"
                id={id}
                name={rule.name}
                refusal={
                  usedBy.length > 0 &&
                  `It is used by ${usedBy.map(({ name }) => name).join(', ')}: take it out there first.`
                }
                remove={removeRuleAction.bind(null, tenant)}
              />
            </>
          )
        }
      />
      <RuleEditor
        key={isNewest ? 'newest' : rule.shownVersion}
        rule={{ id, updatedAt: rule.updatedAt.toISOString() }}
        name={rule.name}
        note={rule.note}
        entityType={rule.entityType}
        definition={rule.definition}
        known={known}
        isReadOnly={!canManage || !isNewest}
        slug={tenant}
      />
    </>
  )
}
