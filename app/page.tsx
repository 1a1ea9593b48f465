import { redirect } from 'next/navigation'
import { signOutAction } from '@/app/(auth)/sign-out-action'
import { MessagePage } from '@/components/layout/message-page'
import { Button } from '@/components/ui/button'
import { listOwnWorkspaces } from '@/lib/workspaces/list-own'
import { currentSession } from './session'

export default async function StartPage() {
  const session = await currentSession()
  if (!session) redirect('/sign-in')
  const [workspace] = await listOwnWorkspaces(session)
  if (workspace) redirect(`/${workspace.slug}/trail`)
  return (
    <MessagePage
      title="You are in no workspace"
      actions={
        <form action={signOutAction}>
          <Button type="submit">Sign out</Button>
        </form>
      }
    >
      <p>{session.email} is a member of no workspace. Ask an owner of yours to add you.</p>
    </MessagePage>
  )
}
