import { resolve } from 'node:path'
import { closeDatabase } from '@/db/client'
import { env, provideEnv } from '@/env'
import { openSealer } from '@/lib/integrity/seal/sealer'
import { startSealing } from '@/lib/schedule/sealing'
import { createLogSecret, sealingFiles } from './log-secret'

// The sealer of `npm start`: a process of its own, because it alone reads the log master secret. It is told where the
// database is by the environment, and ends with its parent.
provideEnv(sealingFiles(resolve(env.dataDir())))
createLogSecret(env.logSecretFile() ?? '')
const sealing = startSealing(openSealer())

let stopping = false
async function stop(): Promise<void> {
  if (stopping) return
  stopping = true
  await sealing.stop()
  await closeDatabase()
  process.exit(0)
}

// A terminal's Ctrl-C reaches the parent too, which then says when.
process.on('SIGINT', () => {})
process.on('SIGTERM', stop)
process.on('disconnect', stop)
