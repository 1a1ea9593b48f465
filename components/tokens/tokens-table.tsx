import type { ReactNode } from 'react'
import { PolicyChoice, type PolicyOption } from '@/components/ledger/sources/policy-choice'
import { Badge } from '@/components/ui/badge'
import { Table, TableFrame, Td, Th, Tr } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import type { FormAction } from '@/lib/errors/form-state'
import type { ListedToken } from '@/lib/tokens/list'
import type { RevokedToken } from '@/lib/tokens/revoke'
import { RevokeTokenButton } from './revoke-token-button'

type Props = {
  tokens: ListedToken[]
  /** Milliseconds; passed in so that one moment decides which tokens have expired. */
  now: number
  revoke: FormAction<RevokedToken>
  /** Left out where nobody uses the ledger. */
  matching?: TokenMatching
}

/** By which policy the names in a token's events are matched: an id, `default` or `none`, by the token's id. */
export type TokenMatching = {
  policies: readonly PolicyOption[]
  values: Readonly<Record<string, string>>
  setSource: FormAction<void>
}

export function TokensTable({ tokens, now, revoke, matching }: Props) {
  const ended = (token: ListedToken) => endOf(token, now) !== undefined
  const sorted = [...tokens.filter((token) => !ended(token)), ...tokens.filter(ended)]
  return (
    <TableFrame label="Tokens">
      <Table>
        <thead>
          <tr>
            <Th>Name</Th>
            <Th>Scopes</Th>
            {matching && <Th>Matching policy</Th>}
            <Th>Last used</Th>
            <Th>Expires</Th>
            <Th>Created</Th>
            <Th>
              <span className="sr-only">Actions</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((token) => (
            <TokenRow
              key={token.id}
              token={token}
              end={endOf(token, now)}
              revoke={revoke}
              matching={matching}
            />
          ))}
        </tbody>
      </Table>
    </TableFrame>
  )
}

function endOf({ revokedAt, expiresAt }: ListedToken, now: number): 'revoked' | 'expired' | undefined {
  if (revokedAt) return 'revoked'
  return expiresAt && expiresAt.getTime() <= now ? 'expired' : undefined
}

type RowProps = { token: ListedToken; end?: string } & Pick<Props, 'revoke' | 'matching'>

function TokenRow({ token, end, revoke, matching }: RowProps) {
  return (
    <Tr>
      <Td>
        <span className="flex items-center gap-2 font-medium">
          {token.name}
          {end && <Badge tone="warning">{end}</Badge>}
        </span>
        <span className="font-mono text-quiet text-xs">{token.prefix}…</span>
      </Td>
      <Td>
        <span className="flex flex-wrap gap-1">
          {token.scopes.map((scope) => (
            <Badge key={scope}>{scope}</Badge>
          ))}
        </span>
      </Td>
      {matching && (
        <Td className="min-w-48">
          {token.scopes.includes('events:write') ? (
            <PolicyChoice
              origin={`token:${token.id}`}
              label={`Token ${token.name}`}
              value={matching.values[token.id] ?? 'default'}
              policies={matching.policies}
              setSource={matching.setSource}
            />
          ) : (
            <Quiet>sends no events</Quiet>
          )}
        </Td>
      )}
      <Td>{token.lastUsedAt ? <Time value={token.lastUsedAt.toISOString()} /> : <Quiet>never</Quiet>}</Td>
      <Td>{token.expiresAt ? <Time value={token.expiresAt.toISOString()} /> : <Quiet>never</Quiet>}</Td>
      <Td>
        <Time value={token.createdAt.toISOString()} />
        <Quiet>by {token.createdBy ?? 'the operator'}</Quiet>
      </Td>
      <Td className="text-right">
        {!end && <RevokeTokenButton id={token.id} name={token.name} revoke={revoke} />}
      </Td>
    </Tr>
  )
}

function Quiet({ children }: { children: ReactNode }) {
  return <span className="block text-quiet">{children}</span>
}
