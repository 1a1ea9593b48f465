import type { TenantScope } from '@/lib/access/scope'
import { requestRun } from '@/lib/collection/runs/request'
import type { RunView } from '@/lib/collection/runs/run-view'
import { AppError } from '@/lib/errors/app-error'

/**
 * Asks for a run that collects a file which has just arrived. Null where the silo has an open one: it takes the file,
 * too. Throws `invalid` where the silo has no line.
 */
export async function runForFile(scope: TenantScope, silo: string): Promise<RunView | null> {
  try {
    return await requestRun(scope, { silo, kind: 'files' })
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    if (error.code === 'conflict') return null
    if (error.code !== 'invalid') throw error
    throw new AppError('invalid', `The file is stored, and waits: ${error.message}`)
  }
}
