import { Footprints, Pencil } from 'lucide-react'
import type { Metadata } from 'next'
import { found, readFrom } from '@/app/(console)/[tenant]/collection/found'
import { logOf } from '@/app/(console)/[tenant]/integrity/log-of'
import { removeEntityAction } from '@/app/(console)/[tenant]/ledger/actions'
import { requireMember } from '@/app/session'
import { Above } from '@/components/collection/above'
import { ListPager } from '@/components/collection/list-pager'
import { SealedSizeProvider } from '@/components/integrity/sealed-size'
import { CalledBy } from '@/components/ledger/entities/called-by'
import {
  entityHref,
  firstSide,
  readEntityAddress,
  sideHref,
  sideQuery,
} from '@/components/ledger/entities/entity-address'
import { EntityFacts } from '@/components/ledger/entities/entity-facts'
import { EntityTimeline } from '@/components/ledger/entities/entity-timeline'
import { LinkedFrom } from '@/components/ledger/entities/linked-from'
import { RecordHistory } from '@/components/ledger/entities/record-history'
import { RemoveEntityButton } from '@/components/ledger/entities/remove-entity-button'
import { SideTabs } from '@/components/ledger/entities/side-tabs'
import { MatchingState } from '@/components/ledger/matching-state'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import { Time } from '@/components/ui/time'
import { visibleText } from '@/components/ui/visible-text'
import { getEntity } from '@/lib/ledger/entities/get'
import { ENTITY_LABELS } from '@/lib/ledger/entity-types'
import { getMatchingStatus } from '@/lib/ledger/matching/matching-status'
import { listSources } from '@/lib/ledger/policies/list-sources'
import { countActivity } from '@/lib/ledger/timeline/count-activity'
import { readEntityOverview, readEntityRows } from './read-entity-events'

export const metadata: Metadata = { title: 'Entity' }

type Props = {
  params: Promise<{ tenant: string; id: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function EntityPage({ params, searchParams }: Props) {
  const [{ tenant, id }, sent] = await Promise.all([params, searchParams])
  const section = `/${tenant}/ledger`
  const path = `${section}/entities/${id}`
  const trailPath = `/${tenant}/trail`
  const scope = await requireMember(tenant, path)
  const entity = await found(getEntity(scope, { id }))
  const address = readEntityAddress(path, sent, entity.type)
  const { side, cursor } = address
  const beginning = entityHref({ ...address, cursor: undefined })
  const [activity, { rows, next }, sources, status, log] = await Promise.all([
    countActivity(scope, { entity: id }),
    readFrom(cursor, beginning, () => readEntityRows(scope, entity, address)),
    listSources(scope),
    getMatchingStatus(scope),
    logOf(scope),
  ])
  const { asActor, asTarget, lastAt, references } = activity
  const { type, displayName, current, records, linkedFrom } = entity
  return (
    <>
      <PageHeader
        above={<Above href={`${section}?type=${type}`}>{ENTITY_LABELS[type].many}</Above>}
        title={visibleText(displayName)}
        description={
          lastAt ? (
            <>
              Last seen <Time value={lastAt.toISOString()} />
            </>
          ) : (
            'Not seen in any event yet'
          )
        }
        actions={
          <>
            <LinkButton href={sideHref(trailPath, entity, firstSide(type))} prefetch={false}>
              <Footprints aria-hidden />
              In the trail
            </LinkButton>
            {scope.permissions.has('ledger:write') && (
              <>
                <LinkButton href={`${path}/edit`}>
                  <Pencil aria-hidden />
                  Edit
                </LinkButton>
                <RemoveEntityButton
                  id={id}
                  name={displayName}
                  events={asActor.value + asTarget.value}
                  linked={linkedFrom.reduce((sum, { total }) => sum + total, 0)}
                  remove={removeEntityAction.bind(null, tenant)}
                />
              </>
            )}
          </>
        }
      />
      <MatchingState status={status} path={section} now={Date.now()} isBrief />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 xl:grid-cols-2">
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
          <EntityFacts entity={entity} path={section} />
          {(records.length > 1 || (records.length > 0 && !current)) && <RecordHistory entity={entity} />}
        </div>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
          <LinkedFrom entity={entity} path={section} />
          <CalledBy
            references={references}
            labels={new Map(sources.map(({ origin, label }) => [origin, label]))}
            trailPath={trailPath}
          />
        </div>
      </div>
      <SideTabs address={address} counts={{ actor: asActor, target: asTarget }} />
      <SealedSizeProvider size={log?.size ?? 0} href={`/${tenant}/integrity/head`}>
        <EntityTimeline
          side={side}
          rows={rows}
          hasMore={next !== null}
          trailPath={trailPath}
          query={sideQuery(entity, side).toString()}
          overview={side === 'sign-ins' ? undefined : readEntityOverview(scope, entity, address)}
        />
      </SealedSizeProvider>
      <ListPager
        beginning={cursor === undefined ? undefined : beginning}
        next={next && entityHref({ ...address, cursor: next })}
      />
    </>
  )
}
