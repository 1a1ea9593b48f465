import { sql } from 'drizzle-orm'
import type { LeasedStream } from './lease-stream'
import type { WindowChanges } from './rules/window-changes'
import { writeWindows } from './rules/write-windows'
import { runHeld, whileHeld } from './update-leased'

/** Moves a stream to `nextSeq` where nothing had to be sent, and remembers what a rule learned. Undefined: the lease was lost. */
export function moveStreamTo(
  stream: LeasedStream,
  nextSeq: number,
  windows: WindowChanges | undefined,
): Promise<LeasedStream | undefined> {
  const learned = windows ? writeWindows(stream, windows) : []
  const clauses = [whileHeld(stream, { nextSeq }, { keepLease: true }), ...learned]
  return runHeld(stream, sql`${sql.join(clauses, sql`, `)} select * from held`)
}
