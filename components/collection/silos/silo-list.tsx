import { Download, RefreshCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { ActButton } from '@/components/collection/act-button'
import { ListPager } from '@/components/collection/list-pager'
import { amount } from '@/components/collection/row-counts'
import { RunTable } from '@/components/collection/runs/run-table'
import { buttonStyle } from '@/components/ui/button-style'
import type { FileView } from '@/lib/collection/files/file-view'
import type { RejectCode } from '@/lib/collection/reject'
import type { RejectView } from '@/lib/collection/rejects/reject-view'
import type { RunView } from '@/lib/collection/runs/run-view'
import type { FormAction } from '@/lib/errors/form-state'
import { DiscardButton } from './discard-button'
import type { FileActions } from './file-menu'
import { FileTable } from './file-table'
import { RejectFilter } from './reject-filter'
import { RejectTable } from './reject-table'
import { type SiloAddress, siloHref } from './silo-address'

export type SiloListData = { next: string | null } & (
  | { section: 'files'; files: readonly FileView[] }
  | { section: 'runs'; runs: readonly RunView[] }
  | {
      section: 'rejects'
      rejects: readonly RejectView[]
      codes: readonly { code: RejectCode; count: number }[]
      /** The one that is chosen. */
      file: FileView | undefined
    }
)

type Props = {
  address: SiloAddress
  data: SiloListData
  silo: { name: string; openRejects: number; isRunning: boolean }
  /** Of the section. */
  path: string
  /** Left out for who may not. */
  actions: (FileActions & { run: FormAction<void>; discard: FormAction<void> }) | undefined
}

/** One of the silo's lists, with what can be done about it. */
export function SiloList(props: Props) {
  const { address, data } = props
  const beginning = address.after === undefined ? undefined : siloHref({ ...address, after: undefined })
  return (
    <>
      <Shown {...props} />
      <ListPager
        beginning={beginning}
        next={data.next === null ? null : siloHref({ ...address, after: data.next })}
      />
    </>
  )
}

function Shown({ address, data, silo, path, actions }: Props) {
  if (data.section === 'files')
    return data.files.length === 0 ? (
      <Nothing>No files yet.</Nothing>
    ) : (
      <FileTable path={address.path} files={data.files} actions={actions} />
    )
  if (data.section === 'runs')
    return data.runs.length === 0 ? (
      <Nothing>It has not been run yet.</Nothing>
    ) : (
      <RunTable path={path} runs={data.runs} isOfOne />
    )
  return (
    <>
      <div className="mb-3 flex flex-wrap items-end justify-between gap-2">
        <RejectFilter address={address} codes={data.codes} fileName={data.file?.name} />
        <RejectActs silo={silo} address={address} file={data.file} actions={actions} />
      </div>
      {data.rejects.length === 0 ? (
        <Nothing>{nothingOf(address)}</Nothing>
      ) : (
        <RejectTable rejects={data.rejects} path={path} />
      )}
    </>
  )
}

function RejectActs({
  silo: { name, openRejects, isRunning },
  address: { path, code, state },
  file,
  actions,
}: Pick<Props, 'silo' | 'address' | 'actions'> & { file: FileView | undefined }) {
  const chosen = new URLSearchParams({ state, ...(code && { code }), ...(file && { file: file.id }) })
  const open = file ? file.openRejects : openRejects
  return (
    <div className="flex flex-wrap gap-2">
      <a href={`${path}/rejects?${chosen}`} className={buttonStyle()} download>
        <Download aria-hidden />
        Download CSV
      </a>
      {actions && openRejects > 0 && !isRunning && (
        <ActButton
          action={actions.run}
          fields={{ silo: name, kind: 'rejects' }}
          pendingLabel="Asking …"
          done={`${amount(openRejects, 'row')} will be collected again, by the line as it is now`}
        >
          <RefreshCw aria-hidden />
          Collect rejects again
        </ActButton>
      )}
      {/* It takes all of a silo or file: beside a list of one reason it would be misread. */}
      {actions && open > 0 && !code && (
        <DiscardButton
          silo={name}
          count={open}
          file={file && { id: file.id, name: file.name }}
          discard={actions.discard}
        />
      )}
    </div>
  )
}

const nothingOf = ({ state, code, file }: SiloAddress): string => {
  if (code || file) return 'No such rows. Choose another reason or file.'
  return state === 'open' ? 'No rows to mend: all became events, or were meant to be left out.' : 'None.'
}

function Nothing({ children }: { children: ReactNode }) {
  return (
    <p className="rounded-lg border border-line border-dashed bg-surface px-4 py-8 text-center text-quiet text-sm">
      {children}
    </p>
  )
}
