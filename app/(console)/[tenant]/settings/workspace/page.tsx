import type { Metadata } from 'next'
import { requireMember } from '@/app/session'
import { DetailsList } from '@/components/ui/details-list'
import { PageHeader } from '@/components/ui/page-header'
import { Panel } from '@/components/ui/panel'
import { AliasesForm } from '@/components/workspaces/aliases-form'
import { ClockTime } from '@/components/workspaces/clock-time'
import { MembersTable } from '@/components/workspaces/members-table'
import { RenameWorkspaceForm } from '@/components/workspaces/rename-workspace-form'
import { timeIn } from '@/components/workspaces/time-in'
import { TimeZoneForm } from '@/components/workspaces/time-zone-form'
import { env } from '@/env'
import { listMembers } from '@/lib/members/list'
import { readAliases } from '@/lib/workspaces/read-aliases'
import { readTimeZone } from '@/lib/workspaces/read-time-zone'
import { TIME_ZONES } from '@/lib/workspaces/time-zones'
import { renameWorkspaceAction, setAliasesAction, setTimeZoneAction } from './actions'

export const metadata: Metadata = { title: 'Workspace' }

export default async function WorkspacePage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant } = await params
  const scope = await requireMember(tenant, `/${tenant}/settings/workspace`)
  const [members, timeZone, aliases] = await Promise.all([
    listMembers(scope),
    readTimeZone(scope),
    readAliases(scope),
  ])
  const canManage = scope.permissions.has('workspace:manage')
  return (
    <>
      <PageHeader title="Workspace" />
      <div className="flex max-w-3xl flex-col gap-4">
        <Panel title="Name and address">
          {canManage && (
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
        <Panel
          title="Aliases"
          description={
            <>
              Other names by which files of collected logs may call this workspace. A row whose{' '}
              <code>mandant</code> is another one is rejected.
            </>
          }
        >
          {canManage ? (
            <AliasesForm aliases={aliases} action={setAliasesAction.bind(null, tenant)} />
          ) : (
            <p className="text-sm">{aliases.length > 0 ? aliases.join(', ') : 'None.'}</p>
          )}
        </Panel>
        <Panel title="Clock">
          {canManage && (
            <TimeZoneForm
              timeZone={timeZone}
              zones={TIME_ZONES.includes(timeZone) ? TIME_ZONES : [timeZone, ...TIME_ZONES]}
              action={setTimeZoneAction.bind(null, tenant)}
            />
          )}
          <DetailsList
            rows={[
              ['Time zone', timeZone],
              ['It is there', <ClockTime key="now" timeZone={timeZone} now={timeIn(timeZone, new Date())} />],
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
