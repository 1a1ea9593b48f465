'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { currentSession } from '@/app/session'
import { clearBrowserSession } from '@/lib/auth/auth'
import { signOut } from '@/lib/auth/sign-out'
import { clientOf } from '@/lib/http/peer-address'

/** For anybody: ends the session of this browser, if it has one. */
export async function signOutAction(): Promise<void> {
  const session = await currentSession()
  if (session) await signOut(session, clientOf(await headers()))
  await clearBrowserSession()
  redirect('/sign-in')
}
