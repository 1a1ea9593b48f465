import { randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'
import type { TenantScope } from '@/lib/access/scope'
import { receiveFile } from '@/lib/collection/files/receive'
import { createLine } from '@/lib/collection/lines/create'
import { createLineSchema } from '@/lib/collection/lines/input'
import { createPlan } from '@/lib/collection/plans/create'
import { createPlanSchema } from '@/lib/collection/plans/input'
import { cancelRun } from '@/lib/collection/runs/cancel'
import { requestRun } from '@/lib/collection/runs/request'
import { createSilo } from '@/lib/collection/silos/create'
import { createSiloSchema } from '@/lib/collection/silos/input'
import { createTable } from '@/lib/collection/tables/create'
import { createTableSchema } from '@/lib/collection/tables/input'

/** Silos have their names; everything else its id. */
export type WalkedCollection = Record<
  | 'file'
  | 'forgotten'
  | 'doomedFile'
  | 'busyFile'
  | 'running'
  | 'ended'
  | 'line'
  | 'doomedLine'
  | 'table'
  | 'usedTable'
  | 'doomedTable'
  | 'plan'
  | 'idlePlan'
  | 'doomedPlan',
  string
>

export const CSV = 'at;login;what\n20260101000000;jdoe;entered\n'
const MANY_FILES = 10_000

export const DEFINITION = {
  source: { attributes: ['at', 'login', 'what'] },
  steps: [],
  target: {
    datasource: 'badge-reader',
    family: 'access',
    date: '{at}',
    whologin: '{login}',
    whorepository: 'badges',
    whateventcode: '{what}',
    whateventcodelabel: '{what}',
    whataction: '{what}',
    whatcount: '1',
  },
}
export const LOOKUP = { kind: 'lookup', content: 'key;label\n1;one\n' }

async function* bytesOf(text: string) {
  yield Buffer.from(text)
}

/** A workspace's collection to walk along. */
export async function makeWalkedCollection(scope: TenantScope, owner: Sql): Promise<WalkedCollection> {
  const table = async (name: string) =>
    (await createTable(scope, createTableSchema.parse({ ...LOOKUP, name }))).id
  const usedTable = await table('used')
  const line = async (name: string, definition: object = DEFINITION) =>
    (await createLine(scope, createLineSchema.parse({ name, definition }))).id
  const join = { kind: 'join', tableId: usedTable, attribute: 'what', keyColumn: 'key' }
  const joined = { ...DEFINITION, steps: [{ ...join, add: [{ column: 'label', attribute: 'label' }] }] }
  const lineId = await line('walked', joined)
  const silo = async (name: string, input: object = { lineId }) =>
    createSilo(scope, createSiloSchema.parse({ name, ...input }))
  for (const name of ['walked', 'again', 'rejected', 'busy', 'full', 'doomed', 'planned']) await silo(name)
  await silo('lineless', {})
  const file = async (silo: string, name: string) =>
    (await receiveFile(scope, { silo, name, bytes: bytesOf(`${CSV}${name}\n`) })).file.id
  const plan = async (name: string, silo: string) =>
    (await createPlan(scope, createPlanSchema.parse({ name, silos: [silo] }))).id
  const { id: running } = await requestRun(scope, { silo: 'busy', kind: 'files' })
  const { id: ended } = await requestRun(scope, { silo: 'planned', kind: 'files' })
  await cancelRun(scope, { id: ended })
  const { tenantId } = scope
  await owner`update collection_runs set state = 'running', started_at = now(), lease_token = ${randomUUID()},
    lease_until = now() + interval '1 hour' where tenant_id = ${tenantId} and id = ${running}`
  const forgotten = await file('walked', 'forgotten.csv')
  await owner`update silo_files set forgotten_at = now() where tenant_id = ${tenantId} and id = ${forgotten}`
  await owner`insert into silo_files (tenant_id, id, silo_id, name, state, received_by, sha256)
    select tenant_id, gen_random_uuid(), id, n || '.csv', 'new', 'walk', int4send(n)
    from silos, generate_series(1, ${MANY_FILES}) n where tenant_id = ${tenantId} and name = 'full'`
  return {
    file: await file('walked', 'walked.csv'),
    forgotten,
    doomedFile: await file('walked', 'doomed.csv'),
    busyFile: await file('busy', 'busy.csv'),
    running,
    ended,
    line: lineId,
    doomedLine: await line('doomed'),
    table: await table('walked'),
    usedTable,
    doomedTable: await table('doomed'),
    plan: await plan('walked', 'planned'),
    idlePlan: await plan('busy', 'busy'),
    doomedPlan: await plan('doomed', 'walked'),
  }
}
