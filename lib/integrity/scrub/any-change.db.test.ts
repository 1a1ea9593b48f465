import { beforeAll, expect, test, vi } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { sealNow } from '@/lib/integrity/testing/seal-now'
import { tamperWith } from '@/lib/integrity/testing/tamper'
import { scrubTrail } from './run-scrub'
import { readScrubStatus } from './scrub-status'
import { makeSealedTrail, type SealedTrail } from './testing/sealed-trail'

const database = useTestDatabase()
let trail: SealedTrail

beforeAll(async () => {
  trail = await makeSealedTrail(database.owner())
  await scrubTrail(trail.scope)
})

/** Another byte at a place of a value. */
const bytes = (column: string) =>
  `set_byte(${column}, p, (get_byte(${column}, p) + 1 + (random() * 200)::int) % 256)`

/** Each column of tables that a log is made of, and another value for it. `p` is a random place in it. */
const TABLES: Record<string, Record<string, string>> = {
  events: {
    id: 'gen_random_uuid()',
    received_at: `received_at + interval '1 ms'`,
    occurred_at: `occurred_at + interval '1 ms'`,
    level: '(level + 1) % 7',
    type: `type || 'x'`,
    action: `action || 'x'`,
    status: `'fail'`,
    code: `coalesce(code, '') || 'x'`,
    category: `'x'`,
    message: `coalesce(message, '') || 'x'`,
    actor_login: `'x'`,
    actor_identity: `coalesce(actor_identity, '') || 'x'`,
    actor_id: 'null',
    session_id: `'x'`,
    ip: `'192.0.2.1'`,
    target_type: `'x'`,
    target_name: `'x'`,
    target2_type: `coalesce(target2_type, '') || 'x'`,
    target2_name: `coalesce(target2_name, '') || 'x'`,
    source: `coalesce(source, '') || 'x'`,
    data_source: `'x'`,
    body: `overlay(body placing case substr(body, 3 + p, 1) when 'x' then 'y' else 'x' end from 3 + p for 1)`,
    seed: bytes('seed'),
    leaf_hash: bytes('leaf_hash'),
    redaction: `'{"content": "x"}'`,
  },
  log_tiles: { level: 'level + 1', idx: 'idx + 2', data: bytes('data'), root: bytes('root') },
  log_heads: {
    size: 'size - 1',
    root: bytes('root'),
    frontier: bytes('frontier'),
    note: `overlay(note placing
    case substr(note, 1 + p, 1) when 'x' then 'y' else 'x' end from 1 + p for 1)`,
  },
  log_checkpoints: {
    size: 'size + 1',
    note: `overlay(note placing case substr(note, 1 + p, 1) when 'x' then 'y' else 'x' end
    from 1 + p for 1)`,
  },
  log_keys: { vkey: `vkey || 'x'`, number: 'number + 1' },
  trail_heads: { next_seq: 'next_seq - 1', first_seq: '256' },
}

const CHANGES = Object.entries(TABLES).flatMap(([table, columns]) =>
  Object.entries(columns).map(([column, value]) => [table, column, value] as const),
)

test.each(CHANGES)(
  'another value in %s.%s is found, and right again it is fine',
  async (table, column, value) => {
    vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    const where = `tenant_id = '${trail.tenantId}'`
    const run = (statements: string) => tamperWith(database, statements)
    for (let again = 0; again < 2; again++) {
      // The alarm of the time before, too.
      await sealNow()
      await run(`drop table if exists kept, changed; create table kept as select * from ${table} where ${where};
      create table changed as select ctid as at, (random() * 20)::int as p from ${table} where ${where} ${table === 'events' ? 'and seq < 600' : ''} order by random() limit 1;
      update ${table} set ${column} = ${value} from changed where ${table}.ctid = changed.at`)
      await scrubTrail(trail.scope)
      expect((await readScrubStatus(trail.scope)).failureCount, `${table}.${column}`).toBeGreaterThan(0)
      // With the alarm that the scrubber has put behind it since.
      await run(`delete from ${table} where ${where} and ${table === 'events' ? 'seq in (select seq from kept) or seq < 0' : 'true'};
      insert into ${table} select * from kept; drop table kept, changed`)
      if (table === 'trail_heads')
        await run(
          `update trail_heads set next_seq = (select max(seq) + 1 from events where ${where}) where ${where}`,
        )
      await scrubTrail(trail.scope)
      expect((await readScrubStatus(trail.scope)).failures).toEqual([])
    }
  },
)
