import type { Metadata } from 'next'
import Link from 'next/link'
import { readFrom } from '@/app/(console)/[tenant]/collection/found'
import { requireMember } from '@/app/session'
import { ListPager } from '@/components/collection/list-pager'
import { ChoiceLinks } from '@/components/ledger/choice-links'
import { LedgerTabs } from '@/components/ledger/ledger-tabs'
import { MatchingState } from '@/components/ledger/matching-state'
import { paramOf, queryHref, wordOf } from '@/components/ledger/query-href'
import { SearchAsYouType } from '@/components/ledger/search-as-you-type'
import { UnmatchedTable } from '@/components/ledger/unmatched/unmatched-table'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { listUnmatched } from '@/lib/ledger/matching/list-unmatched'
import { getMatchingStatus } from '@/lib/ledger/matching/matching-status'
import { listSources } from '@/lib/ledger/policies/list-sources'

export const metadata: Metadata = { title: 'Unmatched names' }

const PAGE_SIZE = 50
/** Who does things is worked on first. */
const ROLES = ['actor', 'target', 'all'] as const
const STATES = ['unmatched', 'ambiguous'] as const

type Props = {
  params: Promise<{ tenant: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** A list to work on: what would tell readers most about the trail comes first. */
export default async function UnmatchedPage({ params, searchParams }: Props) {
  const [{ tenant }, sent] = await Promise.all([params, searchParams])
  const section = `/${tenant}/ledger`
  const path = `${section}/unmatched`
  const role = wordOf(sent, 'role', ROLES) ?? 'actor'
  const state = wordOf(sent, 'state', STATES) ?? 'unmatched'
  const [q, after, made] = [paramOf(sent, 'q'), paramOf(sent, 'after'), paramOf(sent, 'made')]
  // What the list opens with needs not be said.
  const said = {
    role: role === 'actor' ? undefined : role,
    state: state === 'unmatched' ? undefined : state,
  }
  const hrefOf = (part: Record<string, string | undefined>) => queryHref(path, { ...said, q, ...part })
  const beginning = hrefOf({})
  const scope = await requireMember(tenant, beginning)
  const [{ names, next }, status, sources] = await Promise.all([
    readFrom(after, beginning, () =>
      listUnmatched(scope, { role: role === 'all' ? undefined : role, state, q, after, limit: PAGE_SIZE }),
    ),
    getMatchingStatus(scope),
    listSources(scope),
  ])
  const isNarrowed = role !== 'all' || q !== undefined
  return (
    <>
      <PageHeader
        title="Ledger"
        description="Names that events use and the ledger does not know, or knows several times; those of most events first."
      />
      <LedgerTabs slug={tenant} here="unmatched" />
      <MatchingState status={status} path={section} now={Date.now()} />
      {made && (
        <Notice kind="success" className="mb-4">
          It is in the ledger:{' '}
          <Link
            href={`${section}/entities/${encodeURIComponent(made)}`}
            className="underline underline-offset-3"
          >
            look at it
          </Link>
          . Its name leaves this list once its events are matched again.
        </Notice>
      )}
      <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        <SearchAsYouType
          path={path}
          params={{ ...(said.role && { role }), ...(said.state && { state }) }}
          value={q ?? ''}
          label="Search unmatched names"
          placeholder="Part of a name, repository, SID …"
        />
        <ChoiceLinks
          label="States"
          links={[
            {
              label: 'Unmatched',
              href: hrefOf({ state: undefined }),
              isChosen: state === 'unmatched',
            },
            {
              label: 'Ambiguous',
              href: hrefOf({ state: 'ambiguous' }),
              isChosen: state === 'ambiguous',
            },
          ]}
        />
        <ChoiceLinks
          label="Roles"
          links={[
            { label: 'Actors', href: hrefOf({ role: undefined }), isChosen: role === 'actor' },
            { label: 'Targets', href: hrefOf({ role: 'target' }), isChosen: role === 'target' },
            { label: 'Both', href: hrefOf({ role: 'all' }), isChosen: role === 'all' },
          ]}
        />
      </div>
      {names.length === 0 ? (
        <Nothing
          all={hrefOf({ role: 'all', q: undefined })}
          isActive={status.isActive}
          isNarrowed={isNarrowed}
          state={state}
          section={section}
        />
      ) : (
        <UnmatchedTable
          slug={tenant}
          names={names}
          labels={new Map(sources.map(({ origin, label }) => [origin, label]))}
          canWrite={scope.permissions.has('ledger:write')}
        />
      )}
      <ListPager
        beginning={after === undefined ? undefined : beginning}
        next={next && hrefOf({ after: next })}
      />
    </>
  )
}

type NothingProps = {
  isActive: boolean
  isNarrowed: boolean
  state: (typeof STATES)[number]
  section: string
  /** The list with all names of this state. */
  all: string
}

function Nothing({ isActive, isNarrowed, state, section, all }: NothingProps) {
  if (!isActive)
    return (
      <EmptyState
        title="Nothing is matched yet"
        actions={
          <LinkButton href={section} variant="primary">
            To the ledger
          </LinkButton>
        }
      >
        Once the ledger has people and accounts, the names that it lacks stand here.
      </EmptyState>
    )
  if (isNarrowed)
    return (
      <EmptyState title="No name fits" actions={<LinkButton href={all}>Show all names</LinkButton>}>
        None of the names in this list is like this.
      </EmptyState>
    )
  if (state === 'ambiguous')
    return (
      <EmptyState title="No name is ambiguous">
        A name is, when a rule finds several entities for it at the same time.
      </EmptyState>
    )
  return (
    <EmptyState title="Every name is known">
      The ledger knows all that events of matched sources call somebody or something.
    </EmptyState>
  )
}
