import { Download, Plus, Upload } from 'lucide-react'
import type { Metadata } from 'next'
import { readFrom } from '@/app/(console)/[tenant]/collection/found'
import { requireMember } from '@/app/session'
import { ListPager } from '@/components/collection/list-pager'
import { ChoiceLinks } from '@/components/ledger/choice-links'
import { EntityTable } from '@/components/ledger/entities/entity-table'
import { LedgerSteps } from '@/components/ledger/entities/ledger-steps'
import { LedgerTabs } from '@/components/ledger/ledger-tabs'
import { MatchingState } from '@/components/ledger/matching-state'
import { paramOf, queryHref, wordOf } from '@/components/ledger/query-href'
import { SearchAsYouType } from '@/components/ledger/search-as-you-type'
import { buttonStyle } from '@/components/ui/button-style'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import { countEntities } from '@/lib/ledger/entities/count'
import { listEntities } from '@/lib/ledger/entities/list'
import { ENTITY_LABELS, ENTITY_TYPES } from '@/lib/ledger/entity-types'
import { getMatchingStatus } from '@/lib/ledger/matching/matching-status'

export const metadata: Metadata = { title: 'Ledger' }

const PAGE_SIZE = 50

type Props = {
  params: Promise<{ tenant: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function LedgerPage({ params, searchParams }: Props) {
  const [{ tenant }, sent] = await Promise.all([params, searchParams])
  const path = `/${tenant}/ledger`
  const type = wordOf(sent, 'type', ENTITY_TYPES)
  const [q, after] = [paramOf(sent, 'q'), paramOf(sent, 'after')]
  const beginning = queryHref(path, { type, q })
  const scope = await requireMember(tenant, beginning)
  const [counts, { entities, next }, status] = await Promise.all([
    countEntities(scope),
    readFrom(after, beginning, () => listEntities(scope, { type, q, after, limit: PAGE_SIZE })),
    getMatchingStatus(scope),
  ])
  const total = ENTITY_TYPES.reduce((sum, one) => sum + (counts[one] ?? 0), 0)
  const canWrite = scope.permissions.has('ledger:write')
  return (
    <>
      <PageHeader
        title="Ledger"
        description="Who and what your events speak of: the people behind logins and SIDs, their accounts, groups, organisations and systems."
        actions={
          canWrite &&
          total > 0 && (
            <>
              <LinkButton href={queryHref(`${path}/imports/new`, { type })}>
                <Upload aria-hidden />
                Import
              </LinkButton>
              <LinkButton href={queryHref(`${path}/entities/new`, { type })} variant="primary">
                <Plus aria-hidden />
                New entity
              </LinkButton>
            </>
          )
        }
      />
      <LedgerTabs slug={tenant} here="entities" />
      <MatchingState status={status} path={path} now={Date.now()} />
      {total === 0 ? (
        <LedgerSteps
          counts={counts}
          path={path}
          canWrite={canWrite}
          hasMatches={status.references.matched > 0}
        />
      ) : (
        <>
          <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
            <SearchAsYouType
              path={path}
              params={type ? { type } : {}}
              value={q ?? ''}
              label="Search the ledger"
              placeholder="Name, login, SID, e-mail …"
            />
            <ChoiceLinks
              label="Types"
              links={[
                { label: 'All', href: queryHref(path, { q }), isChosen: type === undefined, count: total },
                ...ENTITY_TYPES.filter((one) => (counts[one] ?? 0) > 0 || one === type).map((one) => ({
                  label: ENTITY_LABELS[one].many,
                  href: queryHref(path, { type: one, q }),
                  isChosen: one === type,
                  count: counts[one] ?? 0,
                })),
              ]}
            />
          </div>
          {entities.length === 0 ? (
            <EmptyState
              title={
                q
                  ? `Nothing fits “${q}”`
                  : `No ${type ? ENTITY_LABELS[type].many.toLowerCase() : 'entities'} yet`
              }
            >
              {q
                ? 'The search looks at keys, names and attributes, at the beginnings of their words.'
                : 'Import a file, or add them one by one.'}
            </EmptyState>
          ) : (
            <EntityTable path={path} rows={entities} isOfOneType={type !== undefined} />
          )}
          <div className="mt-3 flex flex-wrap items-start justify-between gap-2">
            {type && entities.length > 0 ? (
              <a href={`${path}/export?type=${type}`} download className={buttonStyle('quiet')}>
                <Download aria-hidden />
                Export all {ENTITY_LABELS[type].many.toLowerCase()}
              </a>
            ) : (
              <span />
            )}
            <ListPager
              beginning={after === undefined ? undefined : beginning}
              next={next && queryHref(path, { type, q, after: next })}
            />
          </div>
        </>
      )}
    </>
  )
}
