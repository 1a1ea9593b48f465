import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { redeemLinkAction } from '@/app/(auth)/actions'
import { AuthHeading } from '@/components/auth/auth-heading'
import { RedeemLinkForm } from '@/components/auth/redeem-link-form'
import { LinkButton } from '@/components/ui/link-button'
import { openLink } from '@/lib/auth/redeem-link'
import { AppError } from '@/lib/errors/app-error'
import { clientOf } from '@/lib/http/peer-address'

// The address is a secret: it must not travel on as a referrer, nor be found by a search engine.
export const metadata: Metadata = { title: 'Set your password', referrer: 'no-referrer', robots: 'noindex' }

export default async function SignInLinkPage({ params }: { params: Promise<{ secret: string }> }) {
  const { secret } = await params
  const link = await lookAt(secret)
  if ('problem' in link) {
    return (
      <>
        <AuthHeading title="This link does not work">{link.problem}</AuthHeading>
        <LinkButton href="/sign-in" className="self-start">
          Go to sign-in
        </LinkButton>
      </>
    )
  }
  return (
    <>
      <AuthHeading title={`Welcome, ${link.name}`}>
        Choose a password for {link.email}. This link works once.
      </AuthHeading>
      <RedeemLinkForm action={redeemLinkAction.bind(null, secret)} email={link.email} />
    </>
  )
}

async function lookAt(secret: string): Promise<{ name: string; email: string } | { problem: string }> {
  try {
    return await openLink(secret, clientOf(await headers()))
  } catch (error) {
    if (error instanceof AppError) return { problem: error.message }
    throw error
  }
}
