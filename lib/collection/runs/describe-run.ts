import type { RunCounts, RunState } from './run-view'

type Ended = RunCounts & {
  state: RunState
  failedFiles: number
  cancelledBy: string | null
  error: string | null
}

const number = (count: number) => count.toLocaleString('en')

/** What became of a run, as one sentence of the trail. */
export function describeRun(silo: string, run: Ended): string {
  const { rows, collected, duplicates, filtered, rejected, failedFiles, cancelledBy, error } = run
  const parts = [
    `${number(collected)} collected`,
    duplicates > 0 && `${number(duplicates)} known before`,
    filtered > 0 && `${number(filtered)} filtered`,
    rejected > 0 && `${number(rejected)} rejected`,
  ].filter(Boolean)
  const counts = `${number(rows)} ${rows === 1 ? 'row' : 'rows'}: ${parts.join(', ')}`
  const files = failedFiles === 1 ? 'A file' : `${number(failedFiles)} files`
  const failed = failedFiles > 0 ? ` ${files} could not be read.` : ''
  if (run.state === 'cancelled')
    return `The run of silo ${silo} was stopped by ${cancelledBy ?? 'somebody'} after ${counts}.${failed}`
  if (run.state === 'failed')
    return `The run of silo ${silo} failed after ${counts}. ${error ?? ''}`.trimEnd()
  return `Silo ${silo} was collected, ${counts}.${failed}`
}
