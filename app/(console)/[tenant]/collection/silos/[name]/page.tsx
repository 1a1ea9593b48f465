import { FlaskConical, Pencil, Play } from 'lucide-react'
import type { Metadata } from 'next'
import {
  cancelRunAction,
  collectAgainAction,
  discardAction,
  removeFileAction,
  removeSiloAction,
  runAction,
} from '@/app/(console)/[tenant]/collection/actions'
import { found } from '@/app/(console)/[tenant]/collection/found'
import { requireMember } from '@/app/session'
import { Above } from '@/components/collection/above'
import { ActButton } from '@/components/collection/act-button'
import { RunProgress } from '@/components/collection/runs/run-progress'
import { isRunOpen } from '@/components/collection/runs/run-state-badge'
import { FileDrop } from '@/components/collection/silos/file-drop'
import { LastRun } from '@/components/collection/silos/last-run'
import { RejectsNotice } from '@/components/collection/silos/rejects-notice'
import { RemoveSiloButton } from '@/components/collection/silos/remove-silo-button'
import { readSiloAddress, siloHref } from '@/components/collection/silos/silo-address'
import { SiloConfiguration } from '@/components/collection/silos/silo-configuration'
import { SiloList } from '@/components/collection/silos/silo-list'
import { SiloSections } from '@/components/collection/silos/silo-sections'
import { LinkButton } from '@/components/ui/link-button'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { Panel } from '@/components/ui/panel'
import { Time } from '@/components/ui/time'
import type { TenantScope } from '@/lib/access/scope'
import { listRejects } from '@/lib/collection/rejects/list'
import { getSilo } from '@/lib/collection/silos/get'
import type { SiloView } from '@/lib/collection/silos/silo-view'
import { readSection } from './read-section'
import { readSiloPolicy } from './read-silo-policy'

type Props = {
  params: Promise<{ tenant: string; name: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).name }
}

export default async function SiloPage({ params, searchParams }: Props) {
  const [{ tenant, name }, sent] = await Promise.all([params, searchParams])
  const section = `/${tenant}/collection`
  const path = `${section}/silos/${name}`
  const scope = await requireMember(tenant, path)
  const address = readSiloAddress(path, sent)
  const [silo, data, policy] = await Promise.all([
    found(getSilo(scope, { silo: name })),
    readSection(scope, name, address),
    readSiloPolicy(scope, name),
  ])
  const [firstReject] = await readFirstReject(scope, silo)
  const open = silo.lastRun && isRunOpen(silo.lastRun) ? silo.lastRun : undefined
  const canWrite = scope.permissions.has('collection:write')
  return (
    <>
      <PageHeader
        above={<Above href={section}>Silos</Above>}
        title={name}
        description={silo.note}
        actions={<Acts scope={scope} silo={silo} path={path} isRunning={open !== undefined} />}
      />
      {open && (
        <RunProgress
          key={open.id}
          run={open}
          cancel={canWrite ? cancelRunAction.bind(null, tenant) : undefined}
        />
      )}
      <Warnings silo={silo} />
      {firstReject && !open && address.section !== 'rejects' && (
        <RejectsNotice
          first={firstReject}
          open={silo.openRejects}
          href={siloHref(readSiloAddress(path, { list: 'rejects' }))}
          aliasesHref={
            scope.permissions.has('workspace:manage') ? `/${tenant}/settings/workspace` : undefined
          }
        />
      )}
      {canWrite && silo.origin.kind === 'upload' && (
        <div className="mb-5">
          <FileDrop url={`${path}/files`} pattern={silo.pattern} />
        </div>
      )}
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-2">
        <Panel title="Latest run">
          <LastRun run={silo.lastRun} path={section} />
        </Panel>
        <Panel title="Configuration">
          <SiloConfiguration silo={silo} path={section} policy={policy} />
        </Panel>
      </div>
      <SiloSections address={address} counts={{ files: silo.files.total, rejects: silo.openRejects }} />
      <SiloList
        address={address}
        data={data}
        silo={{ name, openRejects: silo.openRejects, isRunning: open !== undefined }}
        path={section}
        actions={
          canWrite
            ? {
                remove: removeFileAction.bind(null, tenant),
                again: collectAgainAction.bind(null, tenant),
                run: runAction.bind(null, tenant),
                discard: discardAction.bind(null, tenant),
              }
            : undefined
        }
      />
    </>
  )
}

async function readFirstReject(scope: TenantScope, { name, openRejects }: SiloView) {
  if (openRejects === 0) return []
  return (await listRejects(scope, { silo: name, state: 'open', limit: 1 })).rejects
}

type ActsProps = { scope: TenantScope; silo: SiloView; path: string; isRunning: boolean }

function Acts({ scope, silo: { name, line, files, openRejects }, path, isRunning }: ActsProps) {
  const tenant = scope.tenantSlug
  const canWrite = scope.permissions.has('collection:write')
  const canManage = scope.permissions.has('collection:manage')
  return (
    <>
      {canWrite && line && !isRunning && (
        <ActButton
          action={runAction.bind(null, tenant)}
          fields={{ silo: name, kind: 'files' }}
          variant="primary"
          pendingLabel="Asking …"
        >
          <Play aria-hidden />
          Run now
        </ActButton>
      )}
      {canWrite && line && files.total > 0 && (
        // Not before somebody asks: it reads thousands of rows.
        <LinkButton href={`${path}/dry-run`} prefetch={false}>
          <FlaskConical aria-hidden />
          Dry run
        </LinkButton>
      )}
      {canManage && (
        <>
          <LinkButton href={`${path}/edit`}>
            <Pencil aria-hidden />
            Edit
          </LinkButton>
          <RemoveSiloButton
            silo={name}
            files={files.total}
            openRejects={openRejects}
            remove={removeSiloAction.bind(null, tenant)}
          />
        </>
      )}
    </>
  )
}

function Warnings({ silo: { line, quietAt, lastFileAt } }: { silo: SiloView }) {
  const isQuiet = quietAt !== null && quietAt.getTime() <= Date.now()
  return (
    <>
      {!line && (
        <Notice kind="warning" title="It has no line yet" className="mb-5">
          Files that arrive wait until one says how their rows become events.
        </Notice>
      )}
      {isQuiet && lastFileAt && (
        <Notice kind="warning" title="No file for longer than usual" className="mb-5">
          The last one came <Time value={lastFileAt.toISOString()} />. Look whether what sends them still
          runs.
        </Notice>
      )}
    </>
  )
}
