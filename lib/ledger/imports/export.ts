import { and, eq, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { ledgerEntities } from '@/db/schema/ledger'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { createResponse } from '@/lib/http/create-response'
import type { LedgerRecord } from '@/lib/ledger/entities/ledger-record'
import { readStoredEntities, type StoredEntity } from '@/lib/ledger/entities/stored-entity'
import {
  ENTITY_LABELS,
  type EntityType,
  LINKS,
  LIST_SEPARATOR,
  NAME_ATTRIBUTE,
} from '@/lib/ledger/entity-types'
import { toCsvLine } from '@/lib/trail/export/csv'
import type { ExportEntities } from './input'

/** Entities of one look at the ledger. */
const PAGE = 1000
const OWN = ['key', 'display_name', 'valid_from', 'valid_to']

/** A text that looks like one that was kept from being run gets one apostrophe more, which importing takes away. */
const HARMLESS = /^'+[=+\-@\t\r]/
const toCell = (text: string) => (HARMLESS.test(text) ? `'${text}` : text)

const toTime = (ms: number | null) => (ms === null ? '' : new Date(ms).toISOString())

/** Names of the attributes that entities of the type have, the one that names them first. */
async function readAttributes(tx: Transaction, tenantId: string, type: EntityType): Promise<string[]> {
  const rows = await tx.execute<{ name: string }>(sql`
    select distinct a.name from ledger_entities e
    join ledger_records r on r.tenant_id = e.tenant_id and r.entity_id = e.id
    cross join lateral jsonb_object_keys(r.attributes) a(name)
    where e.tenant_id = ${tenantId} and e.type = ${type} order by 1`)
  const title = NAME_ATTRIBUTE[type]
  const names = rows.map(({ name }) => name)
  return [...names.filter((name) => name === title), ...names.filter((name) => name !== title)]
}

/** Before the first byte: that the list left is known even if this server dies while it leaves. */
async function recordExport(tx: Transaction, scope: TenantScope, type: EntityType): Promise<void> {
  const e = ledgerEntities
  const entities = await tx.$count(e, and(eq(e.tenantId, scope.tenantId), eq(e.type, type)))
  const { one, many } = ENTITY_LABELS[type]
  const amount = `${entities.toLocaleString('en')} ${(entities === 1 ? one : many).toLowerCase()}`
  await recordEvent(tx, scope, 'LEDGER_EXPORTED', {
    message: `${amount} exported`,
    data: { type, entities },
  })
}

function toLine(key: string, record: LedgerRecord, links: string[], attributes: string[]): string {
  const cells = [
    key,
    record.displayName,
    toTime(record.from),
    toTime(record.to),
    ...links.map((name) => (record.links[name] ?? []).join(LIST_SEPARATOR)),
    ...attributes.map((name) => record.attributes[name] ?? ''),
  ]
  return toCsvLine(cells.map(toCell))
}

async function* writeEntities(scope: TenantScope, type: EntityType): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  const { tenantId } = scope
  const links = Object.keys(LINKS[type])
  const attributes = await inTenant(scope, async (tx) => {
    const names = await readAttributes(tx, tenantId, type)
    await recordExport(tx, scope, type)
    return names
  })
  yield encoder.encode(toCsvLine([...OWN, ...links, ...attributes]))
  for (let after: string | undefined = ''; after !== undefined; ) {
    const place = sql`e.tenant_id = ${tenantId} and e.type = ${type} and e.key_fold > ${after}`
    const page: StoredEntity[] = await inTenant(scope, (tx) => readStoredEntities(tx, place, PAGE))
    const lines = page.flatMap(({ key, records }) =>
      records.map((record) => toLine(key, record, links, attributes)),
    )
    yield encoder.encode(lines.join(''))
    after = page.length < PAGE ? undefined : page.at(-1)?.keyFold
  }
}

/** Reads on only when somebody takes it. The header is read before: what can't be read at all is an error, not half a file. */
async function toStream(pieces: AsyncGenerator<Uint8Array>): Promise<ReadableStream<Uint8Array>> {
  let first: IteratorResult<Uint8Array> | undefined = await pieces.next()
  return new ReadableStream(
    {
      pull: async (controller) => {
        const { value, done } = first ?? (await pieces.next())
        first = undefined
        if (done) controller.close()
        else controller.enqueue(value)
      },
      cancel: async () => {
        await pieces.return(undefined)
      },
    },
    { highWaterMark: 0 },
  )
}

/**
 * All entities of a type as CSV (RFC 4180), a line a record, read as fast as it is consumed. Loaded again in full it
 * changes nothing: texts that a spreadsheet would run begin with an apostrophe, which loading takes away. Our own event
 * says who took it.
 */
export async function exportEntities(scope: TenantScope, { type }: ExportEntities): Promise<Response> {
  requirePermission(scope, 'ledger:read')
  return createResponse(await toStream(writeEntities(scope, type)), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${scope.tenantSlug}-${type}.csv"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-accel-buffering': 'no',
    },
  })
}
