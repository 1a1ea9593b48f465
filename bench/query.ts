import { join } from 'node:path'
import postgres from 'postgres'
import { closeDatabase } from '@/db/client'
import { startEmbeddedPostgres } from '@/db/embedded'
import { migrate } from '@/db/migrate'
import { makeDataDir } from '@/e2e/fixtures/spoor-server'
import { provideEnv } from '@/env'
import type { TenantScope } from '@/lib/access/scope'
import { scopeForSystem } from '@/lib/access/scope-for-system'
import { createToken } from '@/lib/tokens/create'
import { indexTrails } from '@/lib/trail/blocks/index-trails'
import { encodeCursor } from '@/lib/trail/cursor'
import { parseFilter } from '@/lib/trail/filter-url'
import { listEvents } from '@/lib/trail/list'
import { countEvents, readFacets, readHistogram } from '@/lib/trail/overview'
import { benchExport, benchExportOverHttp } from './export-rate'
import { compareIndexCost } from './index-cost'
import { type LoadedTenant, loadTrails } from './load-trails'
import { CASES, fuzzedQuery } from './query-cases'
import { addReader, benchRenderedPages } from './rendered-pages'
import { randomSource } from './sample-events'
import { quantile } from './statistics'
import { printSizes } from './table-sizes'

/** Times each question is put; the first time counts too. */
const RUNS = 9
const FUZZED = 150
/** A thousand pages of fifty. */
const DEEP = 50_000

export type QueryBenchOptions = { events: number; tenants: number; dataDir?: string | undefined }

type Timing = { p50: number; p95: number; max: number }

async function time(run: () => Promise<unknown>, runs = RUNS): Promise<number[]> {
  const times: number[] = []
  for (let i = 0; i < runs; i++) {
    const start = performance.now()
    await run()
    times.push(performance.now() - start)
  }
  return times
}

const timing = (times: number[]): Timing => ({
  p50: quantile(times, 0.5),
  p95: quantile(times, 0.95),
  max: Math.max(...times),
})
const ms = ({ p50, p95 }: Timing) => `${p50.toFixed(1).padStart(7)} ${p95.toFixed(1).padStart(7)}`

/** The cursor of a page that lies a thousand pages deep, or in the middle of a trail that has fewer. */
const deepCursor = ({ events }: LoadedTenant) =>
  encodeCursor({ side: 'before', seq: Math.max(Math.floor(events / 2), events - DEEP) })

async function benchCases(scope: TenantScope, tenant: LoadedTenant): Promise<void> {
  console.log(`\n${tenant.slug}, ${tenant.events.toLocaleString('en')} events; p50 and p95 of ${RUNS}, ms`)
  console.log(`  ${''.padEnd(30)}     first page      deep page      histogram         facets   found`)
  const all: Record<'first' | 'deep' | 'histogram' | 'facets', number[]> = {
    first: [],
    deep: [],
    histogram: [],
    facets: [],
  }
  for (const [name, query] of CASES) {
    const filter = parseFilter(new URLSearchParams(query))
    const first = await time(() => listEvents(scope, filter))
    const deep = await time(() => listEvents(scope, filter, { cursor: deepCursor(tenant) }))
    const histogram = await time(() => readHistogram(scope, filter))
    const facets = await time(() => readFacets(scope, filter))
    const count = await countEvents(scope, filter)
    for (const [key, times] of Object.entries({ first, deep, histogram, facets }))
      all[key as keyof typeof all].push(...times)
    const found = `${count.exact ? '' : '≥ '}${count.value.toLocaleString('en')}`
    console.log(
      `  ${name.padEnd(30)}${[first, deep, histogram, facets].map((times) => ms(timing(times))).join('')}   ${found}`,
    )
  }
  for (const [name, times] of Object.entries(all)) printTiming(`all of ${name}`, timing(times))
}

function printTiming(name: string, { p50, p95, max }: Timing): void {
  console.log(
    `  ${name.padEnd(30)} p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, slowest ${max.toFixed(0)} ms`,
  )
}

/** Combinations that nobody thought of, each at the head of the trail and at a random place in it. */
async function benchFuzzed(scope: TenantScope, tenant: LoadedTenant): Promise<void> {
  const random = randomSource(11)
  const { events: sample } = await listEvents(scope, {}, { limit: 500, cursor: deepCursor(tenant) })
  const times: number[] = []
  const overviews: number[] = []
  const slowest: [number, string][] = []
  let short = 0
  for (let i = 0; i < FUZZED; i++) {
    const query = fuzzedQuery(sample, random)
    const filter = parseFilter(new URLSearchParams(query))
    const cursor = encodeCursor({ side: 'before', seq: Math.floor(random() * tenant.events) })
    const page = await time(async () => {
      const { events, next } = await listEvents(scope, filter)
      if (next && events.length < 50) short++
    }, 3)
    const deep = await time(() => listEvents(scope, filter, { cursor }), 3)
    const overview = [
      ...(await time(() => readHistogram(scope, filter), 1)),
      ...(await time(() => readFacets(scope, filter), 1)),
    ]
    times.push(...page, ...deep)
    overviews.push(...overview)
    slowest.push([Math.max(...page, ...deep, ...overview), query])
  }
  console.log(`\n${FUZZED} fuzzed combinations on ${tenant.slug}`)
  printTiming('pages, first and deep', timing(times))
  printTiming('histogram and facets', timing(overviews))
  console.log(`  ${short / 3} first pages ended early, with a cursor to go on`)
  for (const [slow, query] of slowest.sort(([a], [b]) => b - a).slice(0, 3))
    console.log(`  slowest: ${slow.toFixed(0)} ms  ${decodeURIComponent(query)}`)
}

async function readTenants(client: postgres.Sql): Promise<LoadedTenant[]> {
  const rows = await client<{ id: string; slug: string; events: number }[]>`
    select t.id, t.slug, h.next_seq::int as events from tenants t join trail_heads h on h.tenant_id = t.id
    where t.slug like 'bench-%' order by h.next_seq desc`
  return [...rows]
}

async function fill(client: postgres.Sql, { events, tenants }: QueryBenchOptions): Promise<void> {
  const start = performance.now()
  await loadTrails(client, events, tenants)
  const loaded = performance.now()
  const { blocks } = await indexTrails({ budgetMs: Number.POSITIVE_INFINITY })
  const indexed = performance.now()
  await client`vacuum analyze trail_blocks`
  const rate = (from: number, to: number) => Math.round(events / ((to - from) / 1000)).toLocaleString('en')
  console.log(
    `  loaded in ${((loaded - start) / 1000).toFixed(0)} s (${rate(start, loaded)} events/s by COPY),`,
  )
  console.log(
    `  ${blocks} blocks indexed in ${((indexed - loaded) / 1000).toFixed(0)} s (${rate(loaded, indexed)} events/s)`,
  )
}

/**
 * `npm run bench -- query [--events N] [--tenants N] [--data DIR]`: a directory that is filled already is used as it is,
 * and kept. Each part prints its own figures; nothing but this process, the server and PostgreSQL should run.
 */
export async function benchQuery(options: QueryBenchOptions): Promise<void> {
  const made = options.dataDir ? undefined : makeDataDir()
  const dataDir = options.dataDir ?? made?.path ?? ''
  try {
    const { tenants, token } = await benchDatabase(dataDir, options)
    const [largest] = tenants
    if (largest) await benchExportOverHttp(dataDir, token, largest)
    await benchRenderedPages(dataDir, tenants)
  } finally {
    made?.remove()
  }
}

/** Everything that needs no server but PostgreSQL. Gives the tenants that were looked at, and a token of the largest. */
async function benchDatabase(
  dataDir: string,
  options: QueryBenchOptions,
): Promise<{ tenants: LoadedTenant[]; token: string }> {
  const server = await startEmbeddedPostgres({ dataDir: join(dataDir, 'postgres') })
  try {
    provideEnv({ DATABASE_URL: server.url })
    await migrate(server.url)
    const client = postgres(server.url, { max: 1, onnotice: () => {} })
    console.log(`Query, ${options.events.toLocaleString('en')} events of ${options.tenants} tenants:`)
    if ((await readTenants(client)).length === 0) await fill(client, options)
    await printSizes(client)
    await compareIndexCost(client)
    const all = await readTenants(client)
    const tenants = [all[0], all[Math.floor(all.length / 2)]].filter((tenant) => tenant !== undefined)
    await addReader(client, tenants)
    let token = ''
    for (const [i, tenant] of tenants.entries()) {
      const scope = await scopeForSystem(tenant.slug, 'CLI')
      await benchCases(scope, tenant)
      await benchFuzzed(scope, tenant)
      if (i > 0) continue
      await benchExport(client, scope, tenant)
      token = (await createToken(scope, { name: 'bench', scopes: ['events:read'] })).secret
    }
    await client.end()
    return { tenants, token }
  } finally {
    await closeDatabase()
    await server.stop()
  }
}
