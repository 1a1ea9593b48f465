import { Plus } from 'lucide-react'
import type { Metadata } from 'next'
import { requireMember } from '@/app/session'
import { CollectionTabs } from '@/components/collection/collection-tabs'
import { isRunOpen } from '@/components/collection/runs/run-state-badge'
import { FirstSteps } from '@/components/collection/silos/first-steps'
import { toListed } from '@/components/collection/silos/listed-silo'
import { SiloTable } from '@/components/collection/silos/silo-table'
import { AutoRefresh } from '@/components/ui/auto-refresh'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import type { TenantScope } from '@/lib/access/scope'
import { listLines } from '@/lib/collection/lines/list'
import { listSilos } from '@/lib/collection/silos/list'
import { listTables } from '@/lib/collection/tables/list'

export const metadata: Metadata = { title: 'Collection' }

/** The figures move while files are collected; slower than that, and people reload by hand. */
const BUSY_REFRESH_MS = 2000
const REFRESH_MS = 15_000

type Props = { params: Promise<{ tenant: string }> }

export default async function CollectionPage({ params }: Props) {
  const { tenant } = await params
  const path = `/${tenant}/collection`
  const scope = await requireMember(tenant, path)
  const silos = await listSilos(scope)
  const isBusy = silos.some(({ lastRun }) => lastRun !== null && isRunOpen(lastRun))
  const now = Date.now()
  const canManage = scope.permissions.has('collection:manage')
  return (
    <>
      <PageHeader
        title="Collection"
        description="Audit logs that lie in files: each silo is a set of files, and the line that turns their rows into events."
        actions={
          canManage &&
          silos.length > 0 && (
            <LinkButton href={`${path}/silos/new`} variant="primary">
              <Plus aria-hidden />
              New silo
            </LinkButton>
          )
        }
      />
      <CollectionTabs slug={tenant} here="silos" />
      {silos.length === 0 ? (
        <NoSilos scope={scope} path={path} />
      ) : (
        <>
          <AutoRefresh everyMs={isBusy ? BUSY_REFRESH_MS : REFRESH_MS} />
          <SiloTable path={path} rows={silos.map((silo) => toListed(silo, now))} />
        </>
      )}
    </>
  )
}

/** What leads to the first collected file. */
async function NoSilos({ scope, path }: { scope: TenantScope; path: string }) {
  const [tables, lines] = await Promise.all([listTables(scope, {}), listLines(scope)])
  const canManage = scope.permissions.has('collection:manage')
  return (
    <section aria-label="First steps">
      <h2 className="font-semibold text-lg tracking-[-0.01em]">Nothing is collected from files yet</h2>
      <p className="mt-1 mb-4 max-w-[68ch] text-pretty text-quiet text-sm">
        {canManage
          ? 'Three things make events of files. Logs that need no tables begin with the line.'
          : 'An owner or administrator of this workspace makes these three; then you can hand over files.'}
      </p>
      <FirstSteps
        steps={[
          {
            title: 'Tables',
            text: 'What each kind of event is called, and which of its values go where: event properties and log attributes mapping, as CSV or typed here.',
            href: `${path}/tables`,
            isDone: tables.length > 0,
          },
          {
            title: 'Line',
            text: 'Steps from a row to an event: set attributes, look them up, filter, process; you see sample rows after each.',
            href: `${path}/lines`,
            isDone: lines.length > 0,
          },
          {
            title: 'Silo',
            text: 'Where the files come from: dropped here, sent to the API, in an S3 bucket or in a folder of the server.',
            href: canManage ? `${path}/silos/new` : path,
            isDone: false,
          },
        ]}
      />
    </section>
  )
}
