import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { found } from '@/app/(console)/[tenant]/collection/found'
import { saveEntityAction, suggestEntitiesAction } from '@/app/(console)/[tenant]/ledger/actions'
import { requireMember } from '@/app/session'
import { Above } from '@/components/collection/above'
import { toDraft } from '@/components/ledger/entities/entity-draft'
import { EntityForm } from '@/components/ledger/entities/entity-form'
import { PageHeader } from '@/components/ui/page-header'
import { getEntity } from '@/lib/ledger/entities/get'
import { ENTITY_LABELS } from '@/lib/ledger/entity-types'

export const metadata: Metadata = { title: 'Edit entity' }

type Props = { params: Promise<{ tenant: string; id: string }> }

export default async function EditEntityPage({ params }: Props) {
  const { tenant, id } = await params
  const path = `/${tenant}/ledger/entities/${id}`
  const scope = await requireMember(tenant, `${path}/edit`)
  if (!scope.permissions.has('ledger:write')) notFound()
  const entity = await found(getEntity(scope, { id }))
  const linked = entity.records.flatMap(({ links }) => links)
  return (
    <>
      <PageHeader
        above={<Above href={path}>{entity.displayName}</Above>}
        title={`Edit ${ENTITY_LABELS[entity.type].one.toLowerCase()}`}
        description="Events are matched again with what is saved here; they and their proofs do not change."
      />
      <EntityForm
        begin={toDraft(entity)}
        entity={{ id, updatedAt: entity.updatedAt.toISOString() }}
        known={Object.fromEntries(linked.map((link) => [link.key, link.entity?.displayName ?? link.key]))}
        save={saveEntityAction.bind(null, tenant)}
        suggest={suggestEntitiesAction.bind(null, tenant)}
        cancelHref={path}
      />
    </>
  )
}
