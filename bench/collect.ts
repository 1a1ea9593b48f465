import postgres from 'postgres'
import { closeDatabase } from '@/db/client'
import { makeDataDir, startSpoorServer } from '@/e2e/fixtures/spoor-server'
import { env, provideEnv } from '@/env'
import { scopeForSystem } from '@/lib/access/scope-for-system'
import { attachInstance } from '@/scripts/instance'
import { benchEndurance } from './collect/endurance'
import { benchCollectRate } from './collect/rate'

/** `npm run bench -- collect [--rows N] [--kills N]`: what collecting costs beside `append`, then one long file. */
export async function benchCollect({ rows, kills }: { rows: number; kills: number }): Promise<void> {
  const dataDir = makeDataDir()
  let server = await startSpoorServer({ dataDir: dataDir.path })
  try {
    provideEnv({ SPOOR_DATA_DIR: dataDir.path })
    attachInstance()
    const client = postgres(env.databaseUrl(), { max: 4, onnotice: () => {} })
    console.log('Recorded Windows events through log processing into the trail, in process, medians:')
    await benchCollectRate(client)
    if (rows > 0) {
      console.log(`A file of ${rows.toLocaleString('en')} rows through a server:`)
      // The database goes on under the same address; the server now collects and seals by itself.
      await closeDatabase()
      await server.end('SIGTERM')
      const start = async () => {
        server = await startSpoorServer({ dataDir: dataDir.path, values: { SPOOR_SCHEDULER: 'on' } })
        return server
      }
      await start()
      const scope = await scopeForSystem('instance', 'CLI')
      await benchEndurance({ client, scope, rows, kills, server, start })
    }
    await client.end()
    await closeDatabase()
  } finally {
    await server.end('SIGTERM')
    dataDir.remove()
  }
}
