import type { Metadata } from 'next'
import { requireMember } from '@/app/session'
import { DetailsList } from '@/components/ui/details-list'
import { PageHeader } from '@/components/ui/page-header'
import { Panel } from '@/components/ui/panel'
import { MembersTable } from '@/components/workspaces/members-table'
import { RenameWorkspaceForm } from '@/components/workspaces/rename-workspace-form'
import { env } from '@/env'
import { listMembers } from '@/lib/members/list'
import { renameWorkspaceAction } from './actions'

export const metadata: Metadata = { title: 'Workspace' }

export default async function WorkspacePage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant } = await params
  const scope = await requireMember(tenant, `/${tenant}/settings/workspace`)
  const members = await listMembers(scope)
  return (
    <>
      <PageHeader title="Workspace" />
      <div className="flex max-w-3xl flex-col gap-4">
        <Panel title="Name and address">
          {scope.permissions.has('workspace:manage') && (
            <RenameWorkspaceForm name={scope.tenantName} action={renameWorkspaceAction.bind(null, tenant)} />
          )}
          <DetailsList
            rows={[
              ['Name', scope.tenantName],
              ['Address', <code key="address">{`${env.publicUrl()}/${scope.tenantSlug}`}</code>],
              ['Id', <code key="id">{scope.tenantId}</code>],
            ]}
          />
        </Panel>
        <Panel title="Members" description="Who may read this trail, and in what role.">
          <MembersTable members={members} />
        </Panel>
      </div>
    </>
  )
}
