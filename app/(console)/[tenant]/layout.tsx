import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { signOutAction } from '@/app/(auth)/sign-out-action'
import { findMember } from '@/app/session'
import { ConsoleShell } from '@/components/layout/console-shell'
import { readPreferences } from '@/components/layout/read-preferences'
import { hasIntegrityAlarm } from './integrity/log-of'

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
  const [{ theme }, alarm] = await Promise.all([readPreferences(), hasIntegrityAlarm(scope)])
  return (
    <ConsoleShell
      workspace={{ slug: scope.tenantSlug, name: scope.tenantName }}
      person={{ name: scope.principal.name, login: scope.principal.login }}
      theme={theme}
      signOut={signOutAction}
      alarm={alarm}
    >
      {children}
    </ConsoleShell>
  )
}
