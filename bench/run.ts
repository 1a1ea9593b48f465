import { parseArgs } from 'node:util'
import { benchIngest } from './ingest'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { events: { type: 'string' }, memory: { type: 'string' } },
})

/** Two seconds or so a way and round on two cores. */
const INGEST_EVENTS = 30_000
const MEMORY_EVENTS = 1_000_000

const [name] = positionals
if (name === 'ingest') {
  await benchIngest(Number(values.events ?? INGEST_EVENTS), Number(values.memory ?? MEMORY_EVENTS))
} else {
  console.error('Usage: npm run bench -- ingest [--events 30000] [--memory 1000000]')
  process.exitCode = 2
}
