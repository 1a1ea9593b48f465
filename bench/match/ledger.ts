import { randomUUID } from 'node:crypto'
import type postgres from 'postgres'
import { foldText } from '@/lib/ledger/fold-text'

export const REPOSITORY = 'CORP'
const ORGANISATIONS = 200
const GROUPS = 1000
/** Rows of one statement. */
const ROWS = 20_000

type Row = {
  type: string
  key: string
  attributes: Record<string, string>
  links: Record<string, string[]>
}

export const loginOf = (i: number) => `user${i}`

/** People with an account each, their organisations, and groups. */
function* entities(accounts: number): Generator<Row> {
  for (let i = 0; i < ORGANISATIONS; i++)
    yield { type: 'organisation', key: `org${i}`, attributes: {}, links: {} }
  for (let i = 0; i < GROUPS; i++)
    yield {
      type: 'group',
      key: `${REPOSITORY}\\group${i}`,
      attributes: { name: `group${i}` },
      links: { repository: [REPOSITORY] },
    }
  for (let i = 0; i < accounts; i++) {
    const organisation = `org${Math.floor(ORGANISATIONS ** ((i + 1) / accounts)) - 1}`
    const attributes = { email: `user${i}@example.com` }
    yield { type: 'identity', key: `person${i}`, attributes, links: { organisation: [organisation] } }
    yield {
      type: 'account',
      key: `${REPOSITORY}\\${loginOf(i)}`,
      attributes: { login: loginOf(i), sid: `S-1-5-21-1-2-3-${i}` },
      links: { identity: [`person${i}`], repository: [REPOSITORY] },
    }
  }
}

async function insertRows(client: postgres.Sql, tenantId: string, rows: readonly Row[]): Promise<void> {
  const found = rows.map((row) => ({ ...row, id: randomUUID(), record: randomUUID() }))
  const values = found.flatMap(({ type, key, attributes, links, record }) =>
    [
      ...Object.entries({ ...attributes, key, display_name: key }),
      ...Object.entries(links).flatMap(([name, keys]) => keys.map((to) => [name, to] as const)),
    ].map(([name, value]) => ({ type, name, fold: foldText(value as string), record })),
  )
  const list = JSON.stringify(found.map((row) => ({ ...row, fold: foldText(row.key) })))
  await client.begin(async (tx) => {
    // What is made here fits together: to look up each foreign key takes most of the time.
    await tx`set local session_replication_role = replica`
    await tx`insert into ledger_entities (tenant_id, id, type, key, key_fold)
      select ${tenantId}::uuid, id, type, key, fold
      from json_to_recordset(${list}::text::json) as r (id uuid, type text, key text, fold text)`
    await tx`insert into ledger_records (tenant_id, id, entity_id, display_name, attributes, links)
      select ${tenantId}::uuid, record, id, 'Name of ' || key, attributes, links from json_to_recordset(${list}::text::json)
        as r (id uuid, record uuid, key text, attributes jsonb, links jsonb)`
    await tx`insert into ledger_values (tenant_id, type, name, fold, record_id)
      select ${tenantId}::uuid, type, name, fold, record from json_to_recordset(${JSON.stringify(values)}::text::json)
        as r (type text, name text, fold text, record uuid)`
  })
}

/** Fills a tenant's ledger past its verbs. */
export async function loadLedger(client: postgres.Sql, tenantId: string, accounts: number): Promise<void> {
  let rows: Row[] = []
  for (const row of entities(accounts)) {
    if (rows.push(row) < ROWS) continue
    await insertRows(client, tenantId, rows)
    rows = []
  }
  await insertRows(client, tenantId, rows)
}
