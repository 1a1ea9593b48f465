import Link from 'next/link'
import { testHref } from '@/components/ledger/test-box/test-address'
import { Badge } from '@/components/ui/badge'
import { Time } from '@/components/ui/time'
import { visibleText } from '@/components/ui/visible-text'
import { ENTITY_LABELS } from '@/lib/ledger/entity-types'
import type { MatchedEntity, ShownEntity } from '@/lib/ledger/matched/matched-event'
import type { MatchOrigin } from '@/lib/ledger/matched/read-match-origins'
import type { LogEntity } from '@/lib/ledger/policies/definition'

/** What the event says, as the test of policies takes it. */
export type Said = {
  logEntity: LogEntity
  name?: string
  parent?: string
  identity?: string
  id?: string
  origin: string
  /** When the event occurred, which decides what the ledger knew. */
  at: string
}

type Props = {
  matched: MatchedEntity
  from: MatchOrigin | null
  said: Said
  slug: string
  /** Whether pages of the ledger may be opened. */
  mayRead: boolean
}

/** Who or what the ledger says it is, the person and the organisation behind it, and how that is known. */
export function MatchedView({ matched, from, said, slug, mayRead }: Props) {
  const { id, type, key, display, identity, organisation, candidates, rule, policy } = matched
  const link = (entity: ShownEntity) => <EntityLink entity={entity} slug={slug} mayRead={mayRead} />
  const own = id && type && key !== undefined ? { id, type, key, display } : undefined
  const path = `/${slug}/ledger`
  return (
    <div className="wrap-anywhere mb-2 rounded-md bg-sunken px-3 py-2 text-sm">
      {candidates ? (
        <p>
          <Badge tone="warning">ambiguous</Badge> The ledger has several:{' '}
          {candidates.map((entity, at) => (
            <span key={entity.id}>
              {at > 0 && ', '}
              {link(entity)} <span className="text-quiet text-xs">{visibleText(entity.key)}</span>
            </span>
          ))}
        </p>
      ) : (
        <p>
          <span className="font-medium">{own ? link(own) : <bdi>{visibleText(display)}</bdi>}</span>{' '}
          {own && (
            <span className="text-quiet text-xs">
              {ENTITY_LABELS[own.type].one.toLowerCase()} {visibleText(own.key)}
            </span>
          )}
        </p>
      )}
      {identity && identity.id !== id && (
        <p className="text-xs">
          <span className="text-quiet">Person </span>
          {link(identity)}
        </p>
      )}
      {organisation && organisation.id !== id && (
        <p className="text-xs">
          <span className="text-quiet">Organisation </span>
          {link(organisation)}
        </p>
      )}
      <p className="mt-1 text-quiet text-xs">
        By{' '}
        <PlainLink href={mayRead && `${path}/rules/${rule.id}?version=${rule.version}`}>
          {`${rule.name}, version ${rule.version}`}
        </PlainLink>
        , of{' '}
        <PlainLink href={mayRead && `${path}/policies/${policy.id}?version=${policy.version}`}>
          {`${from?.policyName ?? 'the policy'}, version ${policy.version}`}
        </PlainLink>
        {from && (
          <>
            , since <Time value={from.matchedAt.toISOString()} />
          </>
        )}
        {mayRead && (
          <>
            . <PlainLink href={testHref(slug, { ...said, policy: policy.id })}>Why this name?</PlainLink>
          </>
        )}
      </p>
    </div>
  )
}

type LinkProps = { entity: ShownEntity; slug: string; mayRead: boolean }

function EntityLink({ entity: { id, display }, slug, mayRead }: LinkProps) {
  const shown = <bdi>{visibleText(display)}</bdi>
  if (!mayRead) return shown
  return (
    <Link
      href={`/${slug}/ledger/entities/${id}`}
      prefetch={false}
      className="rounded-sm underline underline-offset-3"
    >
      {shown}
    </Link>
  )
}

function PlainLink({ href, children }: { href: string | false; children: string }) {
  if (!href) return children
  return (
    <Link href={href} prefetch={false} className="rounded-sm underline underline-offset-3">
      {children}
    </Link>
  )
}
