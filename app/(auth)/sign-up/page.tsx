import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { signUpAction } from '@/app/(auth)/actions'
import { currentSession } from '@/app/session'
import { AuthHeading } from '@/components/auth/auth-heading'
import { SignUpForm } from '@/components/auth/sign-up-form'
import { TextLink } from '@/components/auth/text-link'
import { env } from '@/env'

export const metadata: Metadata = { title: 'Sign up' }

export default async function SignUpPage() {
  if (await currentSession()) redirect('/')
  return (
    <>
      <AuthHeading title="Start a trail">
        A workspace keeps one audit trail: who did what, to what, from where, when, and whether it worked.
      </AuthHeading>
      <SignUpForm action={signUpAction} origin={env.publicUrl()} />
      <p className="mt-6 text-quiet text-sm">
        Do you have an account? <TextLink href="/sign-in">Sign in</TextLink>
      </p>
    </>
  )
}
