import { Copy } from 'lucide-react'
import type { Metadata } from 'next'
import { found } from '@/app/(console)/[tenant]/collection/found'
import { makeDefaultAction, removePolicyAction } from '@/app/(console)/[tenant]/ledger/policies/actions'
import { wantedVersion } from '@/app/(console)/[tenant]/ledger/rules/wanted-version'
import { requireMember } from '@/app/session'
import { Above } from '@/components/collection/above'
import { MakeDefaultButton } from '@/components/ledger/policies/make-default-button'
import { PolicyEditor } from '@/components/ledger/policies/policy-editor'
import { RemoveButton } from '@/components/ledger/remove-button'
import { VersionLine } from '@/components/ledger/version-line'
import { Badge } from '@/components/ui/badge'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import { getPolicy } from '@/lib/ledger/policies/get'
import { listSources } from '@/lib/ledger/policies/list-sources'
import type { PolicyDetail } from '@/lib/ledger/policies/policy-view'
import { listRules } from '@/lib/ledger/rules/list'

export const metadata: Metadata = { title: 'Matching policy' }

type Props = {
  params: Promise<{ tenant: string; id: string }>
  searchParams: Promise<{ version?: string | string[] }>
}

/** The newest version can be edited; with `?version=` an earlier one is read. */
export default async function PolicyPage({ params, searchParams }: Props) {
  const [{ tenant, id }, { version }] = await Promise.all([params, searchParams])
  const path = `/${tenant}/ledger/policies`
  const wanted = wantedVersion(version)
  const scope = await requireMember(tenant, wanted ? `${path}/${id}?version=${wanted}` : `${path}/${id}`)
  const [policy, rules, sources] = await Promise.all([
    found(getPolicy(scope, { id, version: wanted })),
    listRules(scope),
    listSources(scope),
  ])
  const canManage = scope.permissions.has('ledger:manage')
  const isNewest = policy.shownVersion === policy.version
  const usedBy = policy.sources.map((origin) => ({
    name: sources.find((source) => source.origin === origin)?.label ?? origin,
    href: `/${tenant}/ledger/sources#${encodeURIComponent(origin)}`,
  }))
  const rulesOfVersion = policy.entries.map(({ ruleId, rule }) => ({ id: ruleId, ...rule }))
  return (
    <>
      <PageHeader
        above={<Above href={path}>Policies</Above>}
        title={policy.name}
        description={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            {policy.isDefault && <Badge tone="accent">default</Badge>}
            <VersionLine of={policy} path={`${path}/${id}`} usedBy={usedBy} />
          </span>
        }
        actions={
          canManage && (
            <>
              {!policy.isDefault && (
                <MakeDefaultButton
                  id={id}
                  name={policy.name}
                  makeDefault={makeDefaultAction.bind(null, tenant)}
                />
              )}
              {isNewest && (
                <LinkButton href={`${path}/new?from=${id}`}>
                  <Copy aria-hidden />
                  Duplicate
                </LinkButton>
              )}
              <RemoveButton
                what="policy"
                id={id}
                name={policy.name}
                refusal={refusalOf(policy, usedBy)}
                remove={removePolicyAction.bind(null, tenant)}
              />
            </>
          )
        }
      />
      <PolicyEditor
        key={isNewest ? 'newest' : policy.shownVersion}
        policy={{ id, updatedAt: policy.updatedAt.toISOString() }}
        name={policy.name}
        note={policy.note}
        entries={policy.entries}
        rules={isNewest ? rules.map(pick) : rulesOfVersion.map(pick)}
        isReadOnly={!canManage || !isNewest}
        slug={tenant}
      />
    </>
  )
}

const pick = ({ id, name, entityType }: { id: string; name: string; entityType: RuleType }) => ({
  id,
  name,
  entityType,
})
type RuleType = PolicyDetail['entries'][number]['rule']['entityType']

function refusalOf({ isDefault }: PolicyDetail, usedBy: readonly { name: string }[]): string | false {
  if (isDefault) return 'It is the default: make another policy the default first.'
  if (usedBy.length === 0) return false
  return `It is used by ${usedBy.map(({ name }) => name).join(', ')}: give them another policy first.`
}
