import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { found } from '@/app/(console)/[tenant]/collection/found'
import { readChoices } from '@/app/(console)/[tenant]/collection/lines/read-choices'
import {
  fileSampleAction,
  sampleFilesAction,
  textSampleAction,
} from '@/app/(console)/[tenant]/collection/lines/sample-actions'
import { requireMember } from '@/app/session'
import { Above } from '@/components/collection/above'
import { NewLine } from '@/components/collection/lines/new-line'
import { PageHeader } from '@/components/ui/page-header'
import { getLine } from '@/lib/collection/lines/get'
import { STARTING_POINTS } from '@/lib/collection/lines/starting-points'
import { listSilos } from '@/lib/collection/silos/list'

export const metadata: Metadata = { title: 'New line' }

type Props = {
  params: Promise<{ tenant: string }>
  searchParams: Promise<{ from?: string | string[] }>
}

/** With `?from=` it begins as a copy of another line. */
export default async function NewLinePage({ params, searchParams }: Props) {
  const [{ tenant }, { from }] = await Promise.all([params, searchParams])
  const path = `/${tenant}/collection/lines`
  const scope = await requireMember(tenant, `${path}/new`)
  if (!scope.permissions.has('collection:manage')) notFound()
  const [choices, silos, original] = await Promise.all([
    readChoices(scope),
    listSilos(scope),
    typeof from === 'string' ? found(getLine(scope, { id: from })) : undefined,
  ])
  return (
    <>
      <PageHeader
        above={<Above href={path}>Lines</Above>}
        title={original ? `New line, as ${original.name}` : 'New line'}
        description="How the rows of a file become events. Nothing is collected while you try it."
      />
      <NewLine
        key={original?.id ?? 'new'}
        original={original && { name: original.name, note: original.note, definition: original.definition }}
        silos={silos.map(({ name }) => name)}
        choices={choices}
        startingPoints={STARTING_POINTS}
        actions={{
          listFiles: sampleFilesAction.bind(null, tenant),
          readFile: fileSampleAction.bind(null, tenant),
          readText: textSampleAction.bind(null, tenant),
        }}
        path={path}
      />
    </>
  )
}
