import { sql } from 'drizzle-orm'
import { database } from '@/db/client'

/** A database that takes longer to say "1" serves nobody. */
const PROBE_TIMEOUT_MS = 2_000

/** Whether this server can do its work: `ready` if the database answers in time. Never throws. */
export async function checkHealth(): Promise<{ ready: boolean }> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), PROBE_TIMEOUT_MS)
  })
  const probe = database('app')
    .execute(sql`select 1`)
    .then(
      () => true,
      () => false,
    )
  const ready = await Promise.race([probe, timeout])
  clearTimeout(timer)
  return { ready }
}
