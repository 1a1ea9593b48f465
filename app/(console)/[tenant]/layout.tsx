import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { signOutAction } from '@/app/(auth)/sign-out-action'
import { findMember } from '@/app/session'
import { ConsoleShell } from '@/components/layout/console-shell'
import { readPreferences } from '@/components/layout/read-preferences'
import { Bell } from '@/components/notifications/bell'
import { readBell } from '@/lib/notifications/read-bell'
import { hasIntegrityAlarm } from './integrity/log-of'
import { markReadAction } from './notifications/actions'

type Props = { params: Promise<{ tenant: string }>; children: ReactNode }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { tenant } = await params
  return { title: { default: tenant, template: `%s · ${tenant} · Spoor` } }
}

/** Only the frame: each page checks for itself who may see it. */
export default async function ConsoleLayout({ params, children }: Props) {
  const { tenant } = await params
  const scope = await findMember(tenant)
  if (!scope) return children
  const [{ theme }, alarm, bell] = await Promise.all([
    readPreferences(),
    hasIntegrityAlarm(scope),
    readBell(scope),
  ])
  return (
    <ConsoleShell
      workspace={{ slug: scope.tenantSlug, name: scope.tenantName }}
      person={{ name: scope.principal.name, login: scope.principal.login }}
      theme={theme}
      signOut={signOutAction}
      alarm={alarm}
      bell={
        <Bell
          slug={scope.tenantSlug}
          person={scope.principal.login}
          bell={bell}
          markRead={markReadAction.bind(null, scope.tenantSlug)}
          mayReadChannels={scope.permissions.has('destinations:read')}
        />
      }
    >
      {children}
    </ConsoleShell>
  )
}
