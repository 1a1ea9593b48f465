import { closeDatabase } from '@/db/client'
import { env, provideEnv } from '@/env'
import { openSealer } from '@/lib/integrity/seal/sealer'
import { startScheduler } from '@/lib/schedule/scheduler'
import { startSealing } from '@/lib/schedule/sealing'
import { attachInstance } from './instance'
import { createLogSecret, sealingFiles } from './log-secret'

/** `npm run worker`: the background work alone, for a server that runs with SPOOR_SCHEDULER=off. */
const { dataDir } = attachInstance()
provideEnv(sealingFiles(dataDir))
createLogSecret(env.logSecretFile() ?? '')
const running = [startScheduler(), startSealing(openSealer())]
console.log('Delivering and sealing. Ctrl-C stops.')

async function stop(): Promise<void> {
  // A second signal does not wait.
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => process.exit(1))
  await Promise.all(running.map((jobs) => jobs.stop()))
  await closeDatabase()
  process.exit(0)
}

for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, stop)
