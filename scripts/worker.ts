import { closeDatabase } from '@/db/client'
import { startScheduler } from '@/lib/schedule/scheduler'
import { attachInstance } from './instance'

/** `npm run worker`: the background work alone, for a server that runs with SPOOR_SCHEDULER=off. */
attachInstance()
const scheduler = startScheduler()
console.log('Delivering. Ctrl-C stops.')

async function stop(): Promise<void> {
  // A second signal does not wait.
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => process.exit(1))
  await scheduler.stop()
  await closeDatabase()
  process.exit(0)
}

for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, stop)
