import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { signInAction } from '@/app/(auth)/actions'
import { currentSession } from '@/app/session'
import { AuthHeading } from '@/components/auth/auth-heading'
import { SignInForm } from '@/components/auth/sign-in-form'
import { TextLink } from '@/components/auth/text-link'
import { safePath } from '@/lib/auth/safe-path'

export const metadata: Metadata = { title: 'Sign in' }

type Props = { searchParams: Promise<{ next?: string | string[] }> }

export default async function SignInPage({ searchParams }: Props) {
  const next = safePath((await searchParams).next)
  if (await currentSession()) redirect(next)
  return (
    <>
      <AuthHeading title="Sign in" />
      <SignInForm action={signInAction} next={next === '/' ? undefined : next} />
      <p className="mt-6 text-quiet text-sm">
        New here? <TextLink href="/sign-up">Create a workspace</TextLink>
      </p>
    </>
  )
}
