import { closeDatabase } from '@/db/client'
import { makeDataDir, startSpoorServer } from '@/e2e/fixtures/spoor-server'
import { provideEnv } from '@/env'
import { attachInstance } from '@/scripts/instance'
import { benchFlood } from './channels/flood'
import { benchChannelLatency } from './channels/latency'

/** `npm run bench -- channels [--events N]`: a server as `npm start` runs it, with its sealer and its engine. */
export async function benchChannels(events: number): Promise<void> {
  const dataDir = makeDataDir()
  const server = await startSpoorServer({ dataDir: dataDir.path, values: { SPOOR_SCHEDULER: 'on' } })
  try {
    provideEnv({ SPOOR_DATA_DIR: dataDir.path, SPOOR_ALLOW_NETWORKS: '127.0.0.0/8' })
    attachInstance()
    console.log('Immediate channels, receivers on loopback:')
    await benchChannelLatency(server.url)
    await benchFlood(server.url, events)
    await closeDatabase()
  } finally {
    await server.end('SIGTERM')
    dataDir.remove()
  }
}
