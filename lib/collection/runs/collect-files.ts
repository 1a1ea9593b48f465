import { sql } from 'drizzle-orm'
import { collectionRuns } from '@/db/schema/silos'
import { inTenant } from '@/lib/access/in-tenant'
import { fetchNewFiles } from '@/lib/collection/files/fetch-new-files'
import { AppError } from '@/lib/errors/app-error'
import { collectFile } from './collect-file'
import { endRun } from './end-run'
import { changeRun, failFile, takeNextFile } from './run-files'
import { checkWork, type RunWork } from './run-work'

/** What passes by itself is no reason to give a file up. */
const isFinal = (error: unknown): error is AppError =>
  error instanceof AppError && error.code !== 'unavailable'

/**
 * Collects a silo's new files in the order of their names, after fetching those that its origin has, and ends the run.
 * A file that can't be read says why, and the next one goes on.
 */
export async function collectFiles(work: RunWork): Promise<void> {
  const { scope, run } = work
  const fetchError = await fetchFiles(work)
  for (;;) {
    checkWork(work)
    const file = await takeNextFile(scope, run)
    if (!file) {
      const isOver = await endRun(
        scope,
        run,
        fetchError === undefined ? { state: 'finished' } : { state: 'failed', error: fetchError },
      )
      if (isOver) return
      continue
    }
    try {
      await collectFile(work, file)
    } catch (error) {
      if (!isFinal(error)) throw error
      await failFile(scope, run, file.id, error.message)
    }
  }
}

/** Copies what is new in a bucket or folder into the silo. Gives why that was not possible, if it wasn't. */
async function fetchFiles(work: RunWork): Promise<string | undefined> {
  const { scope, run, signal } = work
  if (run.silo.origin.kind === 'upload') return undefined
  try {
    const { failed } = await fetchNewFiles(scope, run.silo.id, { signal, isOver: () => signal.aborted })
    if (failed.length > 0)
      await inTenant(scope, (tx) =>
        changeRun(tx, scope, run, { failedFiles: sql`${collectionRuns.failedFiles} + ${failed.length}` }),
      )
    return undefined
  } catch (error) {
    checkWork(work)
    // A bucket that is away may be so for days: what is here is collected, and the run says why it was not all.
    if (!(error instanceof AppError)) throw error
    return error.message
  }
}
