import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type postgres from 'postgres'
import { residentMiB } from '@/bench/resident-memory'
import { median } from '@/bench/statistics'
import type { SpoorServer } from '@/e2e/fixtures/spoor-server'
import type { TenantScope } from '@/lib/access/scope'
import { getRun } from '@/lib/collection/runs/get'
import { requestRun } from '@/lib/collection/runs/request'
import type { RunView } from '@/lib/collection/runs/run-view'
import { createToken } from '@/lib/tokens/create'
import { addWindowsSilo, SILO } from './add-windows-silo'
import { windowsFile } from './windows-rows'

const LOOK_MS = 250
/** A process that has collected so many rows has compiled and cached what it needs. */
const WARM_ROWS = 100_000
const WANTED_GROWTH_MIB = 100
/** In a shorter file a process that was just started is never warm. */
const MIN_ROWS_FOR_MEMORY = 4 * WARM_ROWS
/** Somewhere in a chunk, while it is read, mapped or committed. */
const MAX_KILL_DELAY_MS = 150

const say = (n: number) => Math.round(n).toLocaleString('en')
const verdict = (reached: boolean) => (reached ? 'reached' : 'missed')

type Endurance = {
  client: postgres.Sql
  scope: TenantScope
  rows: number
  kills: number
  server: SpoorServer
  /** On the same data, after it was killed; who gave this ends the last one. */
  start(): Promise<SpoorServer>
}

/** The server's memory, looked at while something goes on. */
class MemoryWatch {
  readonly readings: number[] = []
  note(pid: number): void {
    this.readings.push(residentMiB(pid))
  }
  /** The highest is the garbage collector's; whether memory grows shows in the first and the last fifth. */
  growth() {
    const fifth = Math.max(1, Math.floor(this.readings.length / 5))
    const [first, last] = [median(this.readings.slice(0, fifth)), median(this.readings.slice(-fifth))]
    return { first, last, highest: Math.max(...this.readings), mib: last - first }
  }
}

/** Hands the file over as a client does, as one body. */
async function upload(server: SpoorServer, token: string, rows: number, first: number): Promise<void> {
  const body = Readable.toWeb(Readable.from(windowsFile(rows, first), { objectMode: false }))
  const init = { method: 'POST', headers: { authorization: `Bearer ${token}` }, body, duplex: 'half' }
  const url = `${server.url}/api/v1/silos/${SILO}/files?name=${first}.csv`
  const response = await fetch(url, init as unknown as RequestInit)
  if (response.status !== 201)
    throw new Error(`the upload answered ${response.status}: ${await response.text()}`)
}

const isOpen = ({ state }: RunView) => state === 'queued' || state === 'running'

/** Looks at a run until it has read so many rows, or has ended. */
async function follow(
  scope: TenantScope,
  id: string,
  rows: number,
  look: (run: RunView) => void,
): Promise<RunView> {
  for (;;) {
    const run = await getRun(scope, { id })
    look(run)
    if (run.rows >= rows || !isOpen(run)) return run
    await sleep(LOOK_MS)
  }
}

/** Every row once in the trail, and in the run's counts. Throws where one is missing or doubled. */
async function checkEachOnce(
  { client, scope }: Endurance,
  run: RunView,
  rows: number,
  first: number,
): Promise<void> {
  const { state, collected, duplicates, filtered, rejected } = run
  const counts = { state, rows: run.rows, collected, duplicates, filtered, rejected }
  const wanted = { state: 'finished', rows, collected: rows, duplicates: 0, filtered: 0, rejected: 0 }
  if (JSON.stringify(counts) !== JSON.stringify(wanted))
    throw new Error(`the run ended with ${JSON.stringify({ ...counts, error: run.error })}`)
  const [trail] = await client`
    select count(*)::float8 as events, count(distinct reference)::float8 as refs,
      count(*) filter (where number >= ${first} and number < ${first + rows})::float8 as of_file
    from (
      select reference, substring(reference from '[0-9]+$')::bigint as number
      from (select body::json ->> 'externalRef' as reference from events
        where tenant_id = ${scope.tenantId} and origin = ${`silo:${SILO}`}) found
    ) numbered`
  if (trail?.of_file !== rows || trail?.refs !== trail?.events)
    throw new Error(`the trail has ${JSON.stringify(trail)} of ${rows} rows`)
}

/** A file of many rows through a real server: its memory, and every row once although the server is killed on the way. */
export async function benchEndurance(setting: Endurance): Promise<void> {
  const { client, scope, rows, kills } = setting
  await addWindowsSilo(scope)
  const { secret } = await createToken(scope, { name: 'bench', scopes: ['collection:write'] })
  let { server } = setting
  const warmth = Math.min(WARM_ROWS, rows)
  await upload(server, secret, warmth, 0)
  const warm = await requestRun(scope, { silo: SILO, kind: 'files' })
  await checkEachOnce(setting, await follow(scope, warm.id, warmth + 1, () => {}), warmth, 0)

  const receiving = new MemoryWatch()
  const watch = setInterval(() => receiving.note(server.pid), LOOK_MS)
  const uploadStarted = performance.now()
  await upload(server, secret, rows, warmth)
  clearInterval(watch)
  const uploadSeconds = (performance.now() - uploadStarted) / 1000
  const received = receiving.growth()
  console.log(
    `  received ${say(rows)} rows in ${uploadSeconds.toFixed(0)} s; server ${received.first} MiB at first, ${received.last} at last, ${received.highest} at most`,
  )

  const started = performance.now()
  const { id } = await requestRun(scope, { silo: SILO, kind: 'files' })
  let downSeconds = 0
  // All within the first half, so that the second shows one process's memory.
  for (let kill = 1; kill <= kills; kill++) {
    const { rows: read } = await follow(scope, id, (rows / 2 / (kills + 1)) * kill, () => {})
    await sleep(Math.random() * MAX_KILL_DELAY_MS)
    const down = performance.now()
    await server.end('SIGKILL')
    // Nobody waits a minute for the lease of a process that is dead.
    await client`update collection_runs set lease_until = now() where id = ${id} and state = 'running'`
    server = await setting.start()
    downSeconds += (performance.now() - down) / 1000
    console.log(`  killed with -9 behind ${say(read)} rows, and started again`)
  }
  const memory = new MemoryWatch()
  const { rows: resumed } = await getRun(scope, { id })
  const run = await follow(scope, id, rows + 1, (seen) => {
    if (seen.rows >= resumed + warmth) memory.note(server.pid)
  })
  const seconds = (performance.now() - started) / 1000
  await checkEachOnce(setting, run, rows, warmth)
  console.log(
    `  collected ${say(rows)} rows in ${seconds.toFixed(0)} s, sealed meanwhile: ${say(rows / (seconds - downSeconds))} rows/s while it was up; every row once, counts exact`,
  )
  if (rows < MIN_ROWS_FOR_MEMORY) {
    console.log(`  memory is only judged from ${say(MIN_ROWS_FOR_MEMORY)} rows on`)
    return
  }
  const { first, last, highest, mib } = memory.growth()
  const growth = Math.max(mib, received.mib)
  console.log(
    `  server ${first} MiB at first, ${last} at last, ${highest} at most: growth ${growth} MiB, wanted ${WANTED_GROWTH_MIB}: ${verdict(growth <= WANTED_GROWTH_MIB)}`,
  )
}
