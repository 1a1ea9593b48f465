import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { requireMember } from '@/app/session'
import { readPreferences } from '@/components/layout/read-preferences'
import { FilterBar } from '@/components/trail/filter-bar'
import { FilterChips } from '@/components/trail/filter-chips'
import { TrailResult } from '@/components/trail/trail-result'
import { trailHref } from '@/components/trail/trail-url'
import { type PageParams, tidyParams, toSearchParams } from '@/components/trail/trail-view'
import { PageHeader } from '@/components/ui/page-header'
import { env } from '@/env'
import { listTypes } from '@/lib/trail/types'
import { readTrailPage } from './read-trail-page'

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
  const [types, result] = await Promise.all([listTypes(scope), readTrailPage(scope, tidy)])

  const query = tidy.toString()
  return (
    <>
      <PageHeader title="Trail" />
      <FilterBar path={path} query={query} types={types} />
      <FilterChips path={path} query={query} />
      <TrailResult path={path} query={query} slug={tenant} url={env.publicUrl()} result={result} />
    </>
  )
}
