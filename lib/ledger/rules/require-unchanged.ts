import { AppError } from '@/lib/errors/app-error'

/** The row is locked, so of two who edit the same rule or policy at a time the second one is told. */
export function requireUnchanged({ updatedAt }: { updatedAt: Date }, unchangedSince?: string): void {
  if (unchangedSince === undefined || updatedAt.getTime() === Date.parse(unchangedSince)) return
  throw new AppError(
    'conflict',
    'Somebody else has saved changes since you opened this. Open it anew, and make yours there.',
  )
}
