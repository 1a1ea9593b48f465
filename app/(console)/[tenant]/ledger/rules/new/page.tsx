import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { found } from '@/app/(console)/[tenant]/collection/found'
import { readKnownAttributes } from '@/app/(console)/[tenant]/ledger/rules/known-attributes'
import { requireMember } from '@/app/session'
import { Above } from '@/components/collection/above'
import { RuleEditor } from '@/components/ledger/rules/rule-editor'
import { PageHeader } from '@/components/ui/page-header'
import { getRule } from '@/lib/ledger/rules/get'

export const metadata: Metadata = { title: 'New rule' }

type Props = {
  params: Promise<{ tenant: string }>
  searchParams: Promise<{ from?: string | string[] }>
}

/** With `?from=` it begins as a copy of another rule. */
export default async function NewRulePage({ params, searchParams }: Props) {
  const [{ tenant }, { from }] = await Promise.all([params, searchParams])
  const path = `/${tenant}/ledger/rules`
  const scope = await requireMember(tenant, `${path}/new`)
  if (!scope.permissions.has('ledger:manage')) notFound()
  const [known, original] = await Promise.all([
    readKnownAttributes(scope),
    typeof from === 'string' ? found(getRule(scope, { id: from })) : undefined,
  ])
  return (
    <>
      <PageHeader
        above={<Above href={path}>Rules</Above>}
        title={original ? `New rule, as ${original.name}` : 'New rule'}
        description="Nothing is matched by it until a policy has it."
      />
      <RuleEditor
        key={original?.id ?? 'new'}
        name=""
        note={original?.note ?? ''}
        entityType={original?.entityType ?? 'account'}
        definition={
          original?.definition ?? {
            comparisons: [{ kind: 'finds', attribute: 'login', by: 'ignoring-case', parameter: 1 }],
          }
        }
        known={known}
        isReadOnly={false}
        slug={tenant}
      />
    </>
  )
}
