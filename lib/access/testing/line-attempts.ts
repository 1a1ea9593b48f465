import { inTenant } from '@/lib/access/in-tenant'
import { changeLine } from '@/lib/collection/lines/change-line'
import { checkLine } from '@/lib/collection/lines/check'
import { compileLine } from '@/lib/collection/lines/compile-line'
import { createLine } from '@/lib/collection/lines/create'
import { lineDefinitionSchema } from '@/lib/collection/lines/definition'
import { exportLine } from '@/lib/collection/lines/export'
import { lockLine } from '@/lib/collection/lines/find-line'
import { getLine } from '@/lib/collection/lines/get'
import { importLine } from '@/lib/collection/lines/import'
import { importTable } from '@/lib/collection/lines/import-tables'
import { createLineSchema } from '@/lib/collection/lines/input'
import { insertLine } from '@/lib/collection/lines/insert-line'
import { lineFileSchema } from '@/lib/collection/lines/line-file'
import { listLines } from '@/lib/collection/lines/list'
import { listLineVersions } from '@/lib/collection/lines/list-versions'
import { previewLine } from '@/lib/collection/lines/preview'
import { removeLine } from '@/lib/collection/lines/remove'
import { restoreLine } from '@/lib/collection/lines/restore'
import { insertVersion } from '@/lib/collection/lines/save-version'
import { updateLine } from '@/lib/collection/lines/update'
import { openLine } from '@/lib/collection/runs/open-line'
import { StopRun } from '@/lib/collection/runs/stop-run'
import { changeTable } from '@/lib/collection/tables/change-table'
import { checkTable } from '@/lib/collection/tables/check'
import { createTable } from '@/lib/collection/tables/create'
import { diffTable } from '@/lib/collection/tables/diff'
import { exportTable } from '@/lib/collection/tables/export'
import { lockTable, readTable } from '@/lib/collection/tables/find-table'
import { getTable } from '@/lib/collection/tables/get'
import { createTableSchema, tableTemplateSchema } from '@/lib/collection/tables/input'
import { insertTable } from '@/lib/collection/tables/insert-table'
import { listTables } from '@/lib/collection/tables/list'
import { listTableVersions } from '@/lib/collection/tables/list-versions'
import { makeTemplate } from '@/lib/collection/tables/make-template'
import { removeTable } from '@/lib/collection/tables/remove'
import { requireSound } from '@/lib/collection/tables/require-sound'
import { restoreTable } from '@/lib/collection/tables/restore'
import { tableTemplate } from '@/lib/collection/tables/table-template'
import { updateTable } from '@/lib/collection/tables/update'
import type { Attempt } from './destination-attempts'
import type { FilledTenant } from './filled-tenant'
import { leasedRun } from './leased-run'

const done = () => 'done'
const LOOKUP = 'key;value\n1;2\n'
const NO_STEPS = lineDefinitionSchema.parse({ source: {}, target: {} })
/** A line that looks things up in the victim's table, and calls its line. */
const joining = ({ tableId, lineId }: FilledTenant) =>
  lineDefinitionSchema.parse({
    source: { attributes: ['code'] },
    steps: [
      {
        kind: 'join',
        tableId,
        attribute: 'code',
        keyColumn: 'code',
        add: [{ column: 'label', attribute: 'label' }],
      },
      { kind: 'line', lineId },
    ],
    target: {},
  })

/** The line was found; the run is not really leased. */
function isOurs(error: unknown): string {
  if (error instanceof StopRun) return 'found'
  throw error
}
const mapping = tableTemplate({ kind: 'mapping', eventIds: ['1'] })

/** Verbs that name a line or a table of the victim. */
export const LINES_NOT_FOUND: Record<string, Attempt> = {
  'collection/lines/compile-line compileLine': async (b, a) => (await compileLine(b, a.lineId)).required,
  'collection/lines/export exportLine': (b, a) => exportLine(b, { id: a.lineId }),
  'collection/lines/find-line lockLine': (b, a) => inTenant(b, (tx) => lockLine(tx, b, a.lineId)),
  'collection/lines/get getLine': (b, a) => getLine(b, { id: a.lineId }),
  'collection/lines/list-versions listLineVersions': (b, a) => listLineVersions(b, { id: a.lineId }),
  'collection/lines/remove removeLine': (b, a) => removeLine(b, { id: a.spareLineId }).then(done),
  'collection/lines/restore restoreLine': (b, a) => restoreLine(b, { id: a.lineId, version: 1 }),
  'collection/lines/update updateLine': (b, a) => updateLine(b, { id: a.lineId, note: 'intruder' }),
  'collection/runs/open-line openLine': (b, a) => openLine(b, leasedRun(a)).catch(isOurs),
  'collection/tables/check checkTable': (b, a) =>
    checkTable(b, { kind: 'mapping', content: mapping, companionId: a.tableId }),
  'collection/tables/diff diffTable': (b, a) => diffTable(b, { id: a.tableId, from: 1, to: 1 }),
  'collection/tables/export exportTable': (b, a) => exportTable(b, { id: a.tableId }),
  'collection/tables/find-table lockTable': (b, a) => inTenant(b, (tx) => lockTable(tx, b, a.tableId)),
  'collection/tables/find-table readTable': (b, a) => inTenant(b, (tx) => readTable(tx, b, a.tableId)),
  'collection/tables/get getTable': (b, a) => getTable(b, { id: a.tableId }),
  'collection/tables/list-versions listTableVersions': (b, a) => listTableVersions(b, { id: a.tableId }),
  'collection/tables/make-template makeTemplate': (b, a) =>
    makeTemplate(b, tableTemplateSchema.parse({ kind: 'mapping', propertiesId: a.tableId })),
  'collection/tables/remove removeTable': (b, a) => removeTable(b, { id: a.tableId }).then(done),
  'collection/tables/restore restoreTable': (b, a) => restoreTable(b, { id: a.tableId, version: 1 }),
  'collection/tables/update updateTable': (b, a) => updateTable(b, { id: a.tableId, note: 'intruder' }),
}

/** Those that name none, or look for some. */
export const LINES_NOTHING: Record<string, Attempt> = {
  'collection/lines/change-line changeLine': async (b, a) => {
    const row = await inTenant(a.scope, (tx) => lockLine(tx, a.scope, a.lineId))
    return inTenant(b, (tx) => changeLine(tx, b, row, { note: 'intruder' })).then(done, done)
  },
  'collection/lines/check checkLine': (b, a) => checkLine(b, joining(a)),
  'collection/lines/create createLine': (b, a) =>
    createLine(b, createLineSchema.parse({ name: 'intruder', definition: joining(a) })).catch(done),
  'collection/lines/import importLine': (b, a) =>
    importLine(b, {
      file: lineFileSchema.parse({ format: 'spoor-line/1', line: { name: a.silo, definition: joining(a) } }),
      replaces: true,
    }).catch(done),
  'collection/lines/import-tables importTable': async (b, a) => {
    const row = await inTenant(a.scope, (tx) => lockTable(tx, a.scope, a.tableId))
    const table = { id: a.tableId, kind: 'lookup', name: a.silo, note: '', content: LOOKUP } as const
    const imported = { id: '', created: [], updated: [] }
    const options = { replaces: true, mandants: new Set<string>(), imported }
    return inTenant(b, (tx) => importTable(tx, b, table, row, options)).catch(done)
  },
  'collection/lines/insert-line insertLine': (b, a) =>
    inTenant(b, (tx) =>
      insertLine(tx, b, createLineSchema.parse({ name: 'intruder', definition: joining(a) })),
    ).catch(done),
  'collection/lines/list listLines': (b) => listLines(b),
  'collection/lines/preview previewLine': (b, a) =>
    previewLine(b, { definition: joining(a), sample: { header: ['code'], rows: [['1']] } }),
  'collection/lines/save-version insertVersion': (b, a) =>
    inTenant(b, (tx) => insertVersion(tx, b, { id: a.lineId, version: 9, definition: NO_STEPS })).catch(done),
  'collection/tables/change-table changeTable': async (b, a) => {
    const row = await inTenant(a.scope, (tx) => lockTable(tx, a.scope, a.tableId))
    return inTenant(b, (tx) => changeTable(tx, b, row, { note: 'intruder' })).then(done, done)
  },
  'collection/tables/insert-table insertTable': (b) =>
    inTenant(b, (tx) =>
      insertTable(tx, b, { kind: 'lookup', name: 'intruder', note: '' }, requireSound('lookup', '', LOOKUP)),
    ),
  'collection/tables/create createTable': (b) =>
    createTable(b, createTableSchema.parse({ kind: 'lookup', name: 'intruder', content: LOOKUP })),
  'collection/tables/list listTables': (b) => listTables(b, {}),
}
