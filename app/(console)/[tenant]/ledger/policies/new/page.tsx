import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { found } from '@/app/(console)/[tenant]/collection/found'
import { requireMember } from '@/app/session'
import { Above } from '@/components/collection/above'
import { PolicyEditor } from '@/components/ledger/policies/policy-editor'
import { PageHeader } from '@/components/ui/page-header'
import { getPolicy } from '@/lib/ledger/policies/get'
import { listRules } from '@/lib/ledger/rules/list'

export const metadata: Metadata = { title: 'New policy' }

type Props = {
  params: Promise<{ tenant: string }>
  searchParams: Promise<{ from?: string | string[] }>
}

/** With `?from=` it begins as a copy of another policy. */
export default async function NewPolicyPage({ params, searchParams }: Props) {
  const [{ tenant }, { from }] = await Promise.all([params, searchParams])
  const path = `/${tenant}/ledger/policies`
  const scope = await requireMember(tenant, `${path}/new`)
  if (!scope.permissions.has('ledger:manage')) notFound()
  const [rules, original] = await Promise.all([
    listRules(scope),
    typeof from === 'string' ? found(getPolicy(scope, { id: from })) : undefined,
  ])
  return (
    <>
      <PageHeader
        above={<Above href={path}>Policies</Above>}
        title={original ? `New policy, as ${original.name}` : 'New policy'}
        description="Nothing is matched by it until it is a source’s, or the default."
      />
      <PolicyEditor
        key={original?.id ?? 'new'}
        name=""
        note={original?.note ?? ''}
        entries={original?.entries ?? []}
        rules={rules.map(({ id, name, entityType }) => ({ id, name, entityType }))}
        isReadOnly={false}
        slug={tenant}
      />
    </>
  )
}
