import { randomBytes, randomUUID } from 'node:crypto'
import type postgres from 'postgres'
import { newEventId } from '@/lib/event/event-id'
import { LEVELS, type Level } from '@/lib/event/levels'
import { indexTrails } from '@/lib/trail/blocks/index-trails'
import { BLOCK_EVENTS, MERGED_BLOCKS } from '@/lib/trail/blocks/layout'
import { randomSource, sampleEvent } from './sample-events'
import { median } from './statistics'

const ROUNDS = 5
/** So many that the last of them merges the blocks. */
const EVENTS = BLOCK_EVENTS * MERGED_BLOCKS
/** Rows of one statement, as many as a flush of the way in has at most. */
const BATCH = 500
const BARE = 'bench_bare_events'

const COLUMNS = `tenant_id, seq, id, received_at, occurred_at, level, type, action, status, code, category, message,
  actor_login, actor_id, session_id, ip, target_type, target_name, source, data_source, origin, body, seed, leaf_hash`

/** Batches as JSON, as the way in sends them. Every second id is derived from the event's origin, so it is random. */
function makeBatches(tenantId: string, round: number): string[] {
  const random = randomSource(round)
  const at = Date.now()
  const rows = Array.from({ length: EVENTS }, (_, i) => {
    const event = sampleEvent(random, { i, run: `cost-${round}`, at: at + i })
    const { actor, targets } = event
    return {
      tenant_id: tenantId,
      seq: i,
      id: i % 2 === 0 ? newEventId(at + i) : randomUUID(),
      received_at: event.occurredAt,
      occurred_at: event.occurredAt,
      level: LEVELS.indexOf(event.level as Level),
      type: event.type,
      action: event.action,
      status: event.status,
      code: event.code,
      category: event.category,
      message: event.message,
      actor_login: actor?.login,
      actor_id: actor?.id,
      session_id: actor?.sessionId,
      ip: actor?.ip,
      target_type: targets?.[0]?.type,
      target_name: targets?.[0]?.name,
      source: event.source,
      data_source: event.dataSource,
      origin: 'token:bench',
      body: JSON.stringify(event),
      seed: `\\x${randomBytes(32).toString('hex')}`,
      leaf_hash: `\\x${randomBytes(32).toString('hex')}`,
    }
  })
  return Array.from({ length: Math.ceil(EVENTS / BATCH) }, (_, i) =>
    JSON.stringify(rows.slice(i * BATCH, (i + 1) * BATCH)),
  )
}

async function insertAll(client: postgres.Sql, table: string, batches: string[]): Promise<void> {
  const statement = `insert into ${table} (${COLUMNS}) select ${COLUMNS} from json_populate_recordset(null::events, $1::text::json)`
  for (const batch of batches) await client.unsafe(statement, [batch], { prepare: true })
}

async function perSecond(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await run()
  return EVENTS / ((performance.now() - start) / 1000)
}

/**
 * What the indexes cost: the same rows by the same statement into a table without any, into the trail with its two
 * keys, and there with the block index built behind them. On the trails as they are, so the keys are of full size.
 */
export async function compareIndexCost(client: postgres.Sql): Promise<void> {
  const rates: Record<'bare' | 'keys' | 'indexed', number[]> = { bare: [], keys: [], indexed: [] }
  for (let round = 0; round <= ROUNDS; round++) {
    const tenantId = newEventId(Date.now())
    const batches = makeBatches(tenantId, round)
    await client.unsafe(`create table ${BARE} (like events including defaults)`)
    const bare = await perSecond(() => insertAll(client, BARE, batches))
    await client.unsafe(`drop table ${BARE}`)
    const keys = await perSecond(() => insertAll(client, 'events', batches))
    await client`insert into tenants ${client({ id: tenantId, slug: `cost-${round}`, name: 'cost', id_key: randomBytes(32) })}`
    await client`insert into trail_heads ${client({ tenant_id: tenantId, next_seq: EVENTS })}`
    const index = await perSecond(() => indexTrails({ budgetMs: Number.POSITIVE_INFINITY }))
    for (const table of ['trail_blocks', 'events', 'trail_heads'])
      await client`delete from ${client(table)} where tenant_id = ${tenantId}`
    await client`delete from tenants where id = ${tenantId}`
    // The first round warms up.
    if (round === 0) continue
    rates.bare.push(bare)
    rates.keys.push(keys)
    rates.indexed.push(1 / (1 / keys + 1 / index))
  }
  const share = (name: 'keys' | 'indexed') =>
    (100 * median(rates[name].map((rate, i) => rate / (rates.bare[i] as number)))).toFixed(0)
  const rate = (values: number[]) => Math.round(median(values)).toLocaleString('en')
  console.log(`  inserting ${EVENTS.toLocaleString('en')} events, median of ${ROUNDS}, one connection:`)
  console.log(`    no index                    ${rate(rates.bare)} events/s`)
  console.log(`    primary key and unique id   ${rate(rates.keys)} events/s, ${share('keys')} %`)
  console.log(`    and the block index         ${rate(rates.indexed)} events/s, ${share('indexed')} %`)
}
