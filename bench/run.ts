import { parseArgs } from 'node:util'
import { benchChannels } from './channels'
import { benchCollect } from './collect'
import { benchDeliver } from './deliver'
import { benchIngest } from './ingest'
import { benchMatch } from './match'
import { benchQuery } from './query'
import { benchSeal } from './seal'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    events: { type: 'string' },
    memory: { type: 'string' },
    tenants: { type: 'string' },
    data: { type: 'string' },
    rows: { type: 'string' },
    kills: { type: 'string' },
  },
})

/** Two seconds or so a way and round on two cores. */
const INGEST_EVENTS = 30_000
const MEMORY_EVENTS = 1_000_000
const QUERY_EVENTS = 10_000_000
/** Of a quick run with 200,000 events the largest tenant still has 50,000. */
const QUERY_TENANTS = 1000

/** Ten seconds of one destination, at the wanted rate; a thousand destinations together deliver ten times as many. */
const DELIVER_EVENTS = 300_000
/** What nobody wants to be told of one by one. */
const FLOOD_EVENTS = 10_000
/** Half a minute of sealing three times over, on two cores. */
const SEAL_EVENTS = 1_000_000

/** Five minutes or so at the wanted rate, and half of it for the memory of one process. */
const COLLECT_ROWS = 5_000_000
const COLLECT_KILLS = 5

/** A million events a law of frequency, as matching again is measured by. */
const MATCH_ROWS = 1_000_000
const TIMELINE_EVENTS = 10_000_000

const [name] = positionals
if (name === 'ingest') {
  await benchIngest(Number(values.events ?? INGEST_EVENTS), Number(values.memory ?? MEMORY_EVENTS))
} else if (name === 'query') {
  await benchQuery({
    events: Number(values.events ?? QUERY_EVENTS),
    tenants: Number(values.tenants ?? QUERY_TENANTS),
    dataDir: values.data,
  })
} else if (name === 'seal') {
  await benchSeal(Number(values.events ?? SEAL_EVENTS))
} else if (name === 'deliver') {
  await benchDeliver(Number(values.events ?? DELIVER_EVENTS))
} else if (name === 'channels') {
  await benchChannels(Number(values.events ?? FLOOD_EVENTS))
} else if (name === 'collect') {
  await benchCollect({
    rows: Number(values.rows ?? COLLECT_ROWS),
    kills: Number(values.kills ?? COLLECT_KILLS),
  })
} else if (name === 'match') {
  await benchMatch({
    rows: Number(values.rows ?? MATCH_ROWS),
    events: Number(values.events ?? TIMELINE_EVENTS),
  })
} else {
  console.error(`Usage: npm run bench -- ingest [--events 30000] [--memory 1000000]
       npm run bench -- query [--events 10000000] [--tenants 1000] [--data directory-to-keep]
       npm run bench -- seal [--events 1000000]
       npm run bench -- deliver [--events 300000]
       npm run bench -- channels [--events 10000]
       npm run bench -- collect [--rows 5000000] [--kills 5]
       npm run bench -- match [--rows 1000000] [--events 10000000]`)
  process.exitCode = 2
}
