import { KeyRound } from 'lucide-react'
import type { Metadata } from 'next'
import { setSourceAction } from '@/app/(console)/[tenant]/ledger/policies/actions'
import { requireMember } from '@/app/session'
import { CreateTokenDialog } from '@/components/tokens/create-token-dialog'
import { TokensTable } from '@/components/tokens/tokens-table'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { env } from '@/env'
import { listTokens } from '@/lib/tokens/list'
import { createTokenAction, revokeTokenAction } from './actions'
import { readTokenMatching } from './read-token-matching'

export const metadata: Metadata = { title: 'Tokens' }

export default async function TokensPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant } = await params
  const scope = await requireMember(tenant, `/${tenant}/settings/tokens`)
  if (!scope.permissions.has('tokens:manage')) {
    return (
      <>
        <PageHeader title="Tokens" />
        <EmptyState title="Owners and admins manage tokens" mark={<KeyRound aria-hidden />}>
          Your role in {scope.tenantName} doesn&apos;t include them. Ask an owner for a token.
        </EmptyState>
      </>
    )
  }
  const [tokens, matching] = await Promise.all([listTokens(scope), readTokenMatching(scope)])
  return (
    <>
      <PageHeader
        title="Tokens"
        description="API clients send and read events with a token. Each is shown once, when it is created."
        // Always in this place: the dialog shows the new token while the page behind it gets its first row.
        actions={<CreateTokenDialog action={createTokenAction.bind(null, tenant)} origin={env.publicUrl()} />}
      />
      {tokens.length === 0 ? (
        <EmptyState title="No token yet" mark={<KeyRound aria-hidden />}>
          Create one for each program that sends events, so that you can revoke them one by one.
        </EmptyState>
      ) : (
        <TokensTable
          tokens={tokens}
          now={Date.now()}
          revoke={revokeTokenAction.bind(null, tenant)}
          matching={matching && { ...matching, setSource: setSourceAction.bind(null, tenant) }}
        />
      )}
    </>
  )
}
