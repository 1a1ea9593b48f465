import type { Metadata } from 'next'
import { requireMember, requireSession } from '@/app/session'
import { RevokeOthersButton } from '@/components/sessions/revoke-others-button'
import { SessionsTable } from '@/components/sessions/sessions-table'
import { PageHeader } from '@/components/ui/page-header'
import { listSessions } from '@/lib/auth/list-sessions'
import { revokeOtherSessionsAction, revokeSessionAction } from './actions'

export const metadata: Metadata = { title: 'Sessions' }

export default async function SessionsPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant } = await params
  const path = `/${tenant}/settings/sessions`
  await requireMember(tenant, path)
  const sessions = await listSessions(await requireSession(path))
  return (
    <>
      <PageHeader
        title="Sessions"
        description="Browsers in which you are signed in. A session that you end is signed out at its next click."
        actions={sessions.length > 1 && <RevokeOthersButton revoke={revokeOtherSessionsAction} />}
      />
      <SessionsTable sessions={sessions} revoke={revokeSessionAction} />
    </>
  )
}
