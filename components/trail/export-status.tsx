'use client'

import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { ExportProgress } from '@/lib/trail/export/running-exports'
import type { ExportState } from './use-export'

type Props = {
  state: Exclude<ExportState, { kind: 'none' | 'refused' }>
  onCancel: () => void
  /** Left out where the form to begin another stands beside it. */
  onAgain?: () => void
}

const number = (value: number) => value.toLocaleString('en')
const KILO = 1000

function sizeOf(bytes: number): string {
  if (bytes < KILO) return `${bytes} bytes`
  const units = ['kB', 'MB', 'GB', 'TB']
  const power = Math.min(Math.floor(Math.log(bytes) / Math.log(KILO)), units.length)
  return `${(bytes / KILO ** power).toFixed(power > 1 ? 1 : 0)} ${units[power - 1]}`
}

const amountOf = ({ events, bytes }: ExportProgress) =>
  `${number(events)} ${events === 1 ? 'event' : 'events'}, ${sizeOf(bytes)}`

/** How far the export is, and how it ended. */
export function ExportStatus({ state, onCancel, onAgain }: Props) {
  const again = onAgain && (
    <div className="flex justify-end">
      <Button onClick={onAgain}>Export again</Button>
    </div>
  )
  if (state.kind === 'unseen')
    return (
      <>
        <Notice title="Your browser has the download">
          Its progress is not known here. See your browser’s downloads.
        </Notice>
        {again}
      </>
    )
  if (state.kind === 'starting' || state.progress.state === 'running')
    return <Running progress={state.kind === 'known' ? state.progress : undefined} onCancel={onCancel} />
  return (
    <>
      <Outcome progress={state.progress} />
      {again}
    </>
  )
}

function Running({ progress, onCancel }: { progress: ExportProgress | undefined; onCancel: () => void }) {
  return (
    <div className="flex flex-col gap-3">
      <progress
        aria-label="Export"
        className="h-1.5 w-full appearance-none overflow-hidden rounded-full bg-sunken [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent"
        max={progress?.total || 1}
        value={progress?.seen ?? 0}
      />
      <p className="numeric text-sm" aria-live="polite">
        {progress
          ? `${amountOf(progress)}; ${number(progress.seen)} of ${number(progress.total)} looked at`
          : 'Starting …'}
      </p>
      <div className="flex items-center justify-between gap-3">
        <p className="text-quiet text-xs">
          You may close this, or leave the page: your browser downloads on.
        </p>
        <Button variant="danger" onClick={onCancel} disabled={!progress}>
          Cancel
        </Button>
      </div>
    </div>
  )
}

function Outcome({ progress }: { progress: ExportProgress }) {
  if (progress.state === 'finished')
    return (
      <Notice kind="success" title="Exported">
        {amountOf(progress)}. The file is in your browser’s downloads.
      </Notice>
    )
  if (progress.state === 'cancelled')
    return <Notice title="Cancelled">After {amountOf(progress)}. What arrived is not whole.</Notice>
  return (
    <Notice kind="error" title="The export broke off">
      After {amountOf(progress)}. The file is not whole; export again.
    </Notice>
  )
}
