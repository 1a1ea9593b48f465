import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { logOf } from '@/app/(console)/[tenant]/integrity/log-of'
import { requireMember } from '@/app/session'
import { SealedSizeProvider } from '@/components/integrity/sealed-size'
import { readPreferences } from '@/components/layout/read-preferences'
import { AddressComplaints } from '@/components/trail/address-complaints'
import { EntityNamesProvider } from '@/components/trail/entity-names'
import { ExportButton } from '@/components/trail/export-button'
import { FilterBar } from '@/components/trail/filter-bar'
import { FilterChips } from '@/components/trail/filter-chips'
import { OverviewSource } from '@/components/trail/overview-source'
import { readDisplay } from '@/components/trail/read-display'
import { TrailNavigation } from '@/components/trail/trail-navigation'
import { TrailResult } from '@/components/trail/trail-result'
import { trailHref } from '@/components/trail/trail-url'
import { filterParams, type PageParams, tidyParams, toSearchParams } from '@/components/trail/trail-view'
import { PageHeader } from '@/components/ui/page-header'
import { openingView, viewHref } from '@/components/views/view-address'
import { ViewMenu } from '@/components/views/view-menu'
import { env } from '@/env'
import { listTypes } from '@/lib/trail/types'
import { listViews } from '@/lib/views/list'
import { readTrailPage } from './read-trail-page'
import { usesLedger } from './uses-ledger'
import { createViewAction, removeViewAction, setDefaultViewAction, updateViewAction } from './views/actions'

export const metadata: Metadata = { title: 'Trail' }

type Props = { params: Promise<{ tenant: string }>; searchParams: Promise<PageParams> }

export default async function TrailPage({ params, searchParams }: Props) {
  const { tenant } = await params
  const path = `/${tenant}/trail`
  const sent = toSearchParams(await searchParams)
  const { timeZone } = await readPreferences()
  const tidy = tidyParams(sent, timeZone)
  if (tidy.toString() !== sent.toString()) redirect(trailHref(path, tidy))

  const scope = await requireMember(tenant, trailHref(path, tidy))
  const views = await listViews(scope)
  const opening = tidy.size === 0 ? openingView(views) : undefined
  if (opening) redirect(viewHref(path, opening))

  const display = await readDisplay(tidy)
  const hasLedger = await usesLedger(scope)
  const [types, log, answer] = await Promise.all([
    listTypes(scope),
    logOf(scope),
    readTrailPage(scope, tidy, display.columns, hasLedger),
  ])

  const query = tidy.toString()
  return (
    <TrailNavigation path={path} query={query}>
      <PageHeader
        title="Trail"
        actions={
          <>
            <ViewMenu
              views={views}
              display={display}
              mayChooseForAll={scope.permissions.has('workspace:manage')}
              actions={{
                create: createViewAction.bind(null, tenant),
                update: updateViewAction.bind(null, tenant),
                remove: removeViewAction.bind(null, tenant),
                setDefault: setDefaultViewAction.bind(null, tenant),
              }}
            />
            <ExportButton path={path} query={filterParams(tidy).toString()} hasLedger={hasLedger} />
          </>
        }
      />
      <EntityNamesProvider names={answer.ok ? answer.entityNames : {}}>
        <FilterBar types={types} hasLedger={hasLedger} />
        <FilterChips />
        {answer.ok ? (
          <OverviewSource promise={answer.overview} query={filterParams(tidy).toString()}>
            <SealedSizeProvider size={log?.size ?? 0} href={`/${tenant}/integrity/head`}>
              <TrailResult
                path={path}
                query={query}
                slug={tenant}
                url={env.publicUrl()}
                display={display}
                page={answer.page}
                firstSeq={log?.firstSeq ?? 0}
              />
            </SealedSizeProvider>
          </OverviewSource>
        ) : (
          <AddressComplaints path={path} query={query} complaints={answer.complaints} />
        )}
      </EntityNamesProvider>
    </TrailNavigation>
  )
}
