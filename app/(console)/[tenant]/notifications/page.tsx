import { Bell } from 'lucide-react'
import type { Metadata } from 'next'
import { requireMember } from '@/app/session'
import { MarkListRead } from '@/components/notifications/mark-list-read'
import { NotificationList } from '@/components/notifications/notification-list'
import { readPlace } from '@/components/notifications/notifications-href'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import { listNotifications } from '@/lib/notifications/list-notifications'
import { listReceipts } from '@/lib/notifications/list-receipts'
import { markListReadAction } from './actions'

export const metadata: Metadata = { title: 'Notifications' }

type Props = {
  params: Promise<{ tenant: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function NotificationsPage({ params, searchParams }: Props) {
  const { tenant } = await params
  const path = `/${tenant}/notifications`
  const before = readPlace((await searchParams).before)
  const scope = await requireMember(tenant, before ? `${path}?before=${before}` : path)
  const { notes, bell, next } = await listNotifications(scope, before ? { before } : {})
  const mayReadChannels = scope.permissions.has('destinations:read')
  const numbers = notes.map(({ number }) => number)
  const receipts = mayReadChannels ? await listReceipts(scope, numbers) : undefined

  return (
    <>
      <PageHeader
        title="Notifications"
        description="What desktop channels and warnings of this workspace told you. They are kept for 90 days."
        actions={
          bell.unread > 0 && (
            <MarkListRead number={bell.newest} markRead={markListReadAction.bind(null, tenant)} />
          )
        }
      />
      {notes.length === 0 ? (
        <EmptyState
          title={before ? 'There is nothing older' : 'Nothing has rung yet'}
          mark={<Bell aria-hidden />}
          actions={
            before ? (
              <LinkButton href={path}>Newest notifications</LinkButton>
            ) : (
              mayReadChannels && <LinkButton href={`/${tenant}/channels`}>Channels</LinkButton>
            )
          }
        >
          {before
            ? 'Notifications are kept for 90 days.'
            : 'A desktop channel tells you here, and on your screen, of the events that you choose.'}
        </EmptyState>
      ) : (
        <NotificationList
          slug={tenant}
          notes={notes}
          receipts={receipts}
          isFirst={before === undefined}
          next={next}
        />
      )}
    </>
  )
}
