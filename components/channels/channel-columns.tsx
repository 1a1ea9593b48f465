import { Eye, Pencil, Trash2 } from 'lucide-react'
import Link from 'next/link'
import { columnsFor } from '@/components/data-table/columns'
import { ROW_LINK } from '@/components/data-table/move-by-arrows'
import { Backlog } from '@/components/forwarding/backlog'
import { fullName, isInTrouble, waitingWords } from '@/components/forwarding/destination-summary'
import { DestinationSwitch, type SwitchActions } from '@/components/forwarding/destination-switch'
import { RemoveButton } from '@/components/forwarding/remove-button'
import { StateBadge } from '@/components/forwarding/state-badge'
import { IconButton } from '@/components/ui/icon-button'
import { IconLink } from '@/components/ui/icon-link'
import { Time } from '@/components/ui/time'
import { visibleText } from '@/components/ui/visible-text'
import type { FormAction } from '@/lib/errors/form-state'
import type { ChannelSummary } from './channel-summary'

const column = columnsFor<ChannelSummary>()

const FROM_DESK = 'hidden lg:table-cell'

type ChannelActions = SwitchActions & { remove: FormAction<never> }

/** What the list says of each channel; on a phone what is not shown stands on its page. */
export function channelColumns(path: string, { remove, ...actions }: ChannelActions) {
  return column.columns([
    column.accessor('state', {
      header: 'On',
      cell: ({ row: { original } }) => (
        <DestinationSwitch
          id={original.id}
          name={fullName(original)}
          state={original.state}
          ofRole="channel"
          {...actions}
        />
      ),
      meta: { cell: 'w-px' },
    }),
    column.accessor('name', {
      header: 'Channel',
      cell: ({ row: { original } }) => <Name row={original} path={path} />,
      meta: { cell: 'min-w-44' },
    }),
    column.accessor('kindLabel', {
      header: 'Type',
      meta: { cell: `${FROM_DESK} whitespace-nowrap`, header: FROM_DESK },
    }),
    column.accessor('interval', {
      header: 'Interval',
      cell: ({ row: { original } }) => <Rhythm row={original} />,
      meta: { cell: `${FROM_DESK} min-w-36`, header: FROM_DESK },
    }),
    column.accessor('sentAt', {
      header: 'Last sent',
      cell: ({ row: { original } }) => <Counted at={original.sentAt} count={original.sentMessages} />,
      meta: { cell: FROM_DESK, header: FROM_DESK },
    }),
    column.accessor('failedAt', {
      header: 'Last failed',
      cell: ({ row: { original } }) => <Failed row={original} />,
      meta: { cell: `${FROM_DESK} max-w-64`, header: FROM_DESK },
    }),
    column.accessor('backlog', {
      header: 'Waiting',
      cell: ({ getValue }) => <Backlog backlog={getValue()} />,
      meta: { cell: 'max-sm:hidden', header: 'max-sm:hidden' },
    }),
    column.display({
      id: 'actions',
      header: () => <span className="sr-only">Open, edit, delete</span>,
      cell: ({ row: { original } }) => (
        <Actions row={original} path={path} canManage={actions.canManage} remove={remove} />
      ),
      meta: { cell: 'w-px whitespace-nowrap max-sm:hidden', header: 'max-sm:hidden' },
    }),
  ])
}

function Name({ row, path }: { row: ChannelSummary; path: string }) {
  return (
    <>
      <Link
        href={`${path}/${row.id}`}
        className="wrap-anywhere rounded-sm font-medium underline-offset-3 hover:underline"
        {...ROW_LINK}
      >
        {row.name}
      </Link>
      <p className="mt-0.5 flex flex-wrap items-baseline gap-x-2 gap-y-1 text-quiet text-xs">
        <StateBadge condition={row.condition} />
        <span className="lg:hidden">
          {row.kindLabel} · {row.interval}
        </span>
      </p>
      {row.note && <p className="mt-0.5 line-clamp-1 text-quiet text-xs">{row.note}</p>}
    </>
  )
}

function Rhythm({ row: { interval, rule } }: { row: ChannelSummary }) {
  return (
    <>
      {interval}
      {rule && <span className="line-clamp-2 text-pretty text-quiet text-xs">From {rule}</span>}
    </>
  )
}

function Counted({ at, count }: { at: string | null; count: number }) {
  return (
    <>
      {at ? <Time value={at} /> : <span className="text-quiet">never</span>}
      <span className="block text-quiet text-xs">
        <span className="numeric">{count.toLocaleString('en')}</span>{' '}
        {count === 1 ? 'notification' : 'notifications'}
      </span>
    </>
  )
}

function Failed({ row }: { row: ChannelSummary }) {
  const { failedAt, failedAttempts, failMessage, condition } = row
  if (!failedAt) return <span className="text-quiet">never</span>
  return (
    <>
      <Time value={failedAt} />
      <span className="block text-quiet text-xs">
        <span className="numeric">{failedAttempts.toLocaleString('en')}</span>{' '}
        {failedAttempts === 1 ? 'failure' : 'failures'}
      </span>
      {failMessage && (
        <span
          title={visibleText(failMessage)}
          className={`line-clamp-2 text-xs ${isInTrouble(condition) ? 'text-danger' : 'text-quiet'}`}
        >
          {visibleText(failMessage)}
        </span>
      )}
    </>
  )
}

type ActionProps = {
  row: ChannelSummary
  path: string
  canManage: boolean
  remove: FormAction<never>
}

function Actions({ row, path, canManage, remove }: ActionProps) {
  const name = fullName(row)
  return (
    <span className="-my-1 inline-flex items-center">
      <IconLink href={`${path}/${row.id}`} label={`View ${name}`}>
        <Eye aria-hidden />
      </IconLink>
      {canManage && (
        <>
          <IconLink href={`${path}/${row.id}/edit`} label={`Edit ${name}`}>
            <Pencil aria-hidden />
          </IconLink>
          <RemoveButton
            id={row.id}
            name={name}
            waiting={row.backlog.events > 0 ? `${waitingWords(row.backlog)} and` : null}
            remove={remove}
            ofRole="channel"
            trigger={
              <IconButton label={`Delete ${name}`} className="hover:text-danger">
                <Trash2 aria-hidden />
              </IconButton>
            }
          />
        </>
      )}
    </span>
  )
}
