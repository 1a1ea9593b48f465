import { gzipSync } from 'node:zlib'
import { tableTemplate } from '@/lib/collection/tables/table-template'
import { LARGE, type Provocations, type Sent, send } from './provocation'
import { CSV, DEFINITION, LOOKUP, type WalkedCollection } from './walked-collection'

const NOWHERE = '019a9d0c-0000-7000-8000-000000000000'
/** Above it the ratio counts. */
const BOMB_BYTES = 101 * 1024 * 1024
const FILE = { format: 'spoor-line/1' }
const MAPPING = tableTemplate({ kind: 'mapping', eventIds: [], propertyCounts: {}, attributes: [] })
const SAMPLE = {
  header: ['at', 'login', 'what'],
  rows: [
    ['20260101000000', 'jdoe', 'entered'],
    ['', '', ''],
  ],
}

/** What the statuses of collection's operations need. `walked` is there only when the test runs. */
export function collectionProvocations(walked: () => WalkedCollection): Record<string, Provocations> {
  const at = (name: string, id: keyof WalkedCollection | null = null, sent: Sent = {}): Sent => ({
    ...sent,
    get path() {
      return { name, id: id ? walked()[id] : NOWHERE }
    },
  })
  const silo = (name: string, sent: Sent = {}) => at(name, null, sent)
  const one = (id: keyof WalkedCollection | null, sent: Sent = {}) => at('walked', id, sent)
  const page = { 200: silo('walked', { query: 'limit=1' }), 400: silo('walked', { query: 'limit=0' }) }
  const upload = (name: string, body: string | Buffer, query: string): Sent =>
    silo(name, { body, query, headers: { 'content-type': 'text/csv' } })
  const stale = send({ note: 'changed', unchangedSince: '2001-01-01T00:00:00Z' })
  const csv = (body: string): Sent => ({ headers: { 'content-type': 'text/csv' }, body })

  return {
    listSilos: { 200: {} },
    createSilo: {
      201: send({ name: 'made' }),
      400: send({ name: 'No Name' }),
      409: send({ name: 'walked' }),
      413: LARGE,
    },
    getSilo: { 200: silo('walked'), 404: silo('nowhere') },
    updateSilo: {
      200: silo('lineless', send({ note: 'changed' })),
      400: silo('walked', send({ keepDays: 0 })),
      404: silo('nowhere', send({})),
      409: silo('walked', stale),
      413: silo('walked', LARGE),
    },
    testOrigin: {
      200: send({ origin: { kind: 'upload' } }),
      400: send({ origin: { kind: 'folder', path: '/nowhere' } }),
      404: send({ silo: 'nowhere', origin: { kind: 'upload' } }),
      413: LARGE,
    },
    removeSilo: { 200: silo('doomed'), 404: silo('nowhere'), 409: silo('busy') },

    listFiles: { ...page, 404: silo('nowhere') },
    uploadFile: {
      200: [upload('walked', `${CSV}1\n`, 'name=a.csv'), upload('walked', `${CSV}1\n`, 'name=b.csv')],
      201: upload('walked', `${CSV}2\n`, 'name=c.csv&collect=true'),
      400: upload('walked', CSV, 'collect=true'),
      404: upload('nowhere', CSV, 'name=a.csv'),
      409: upload('full', CSV, 'name=a.csv'),
      413: upload('walked', gzipSync(Buffer.alloc(BOMB_BYTES, CSV)), 'name=bomb.csv'),
    },
    getFile: { 200: one('file'), 404: one(null) },
    removeFile: {
      200: one('doomedFile'),
      400: one('file', { query: 'discardRejects=perhaps' }),
      404: one(null),
      409: at('busy', 'busyFile'),
    },
    downloadFile: { 200: one('file'), 404: one(null), 409: one('forgotten') },
    readSample: {
      200: one('file'),
      400: one('file', { query: 'rows=0' }),
      404: one(null),
      409: one('forgotten'),
    },
    collectFileAgain: { 200: one('file'), 404: one(null), 409: one('forgotten') },

    listSiloRuns: { ...page, 404: silo('nowhere') },
    requestRun: { 201: silo('again'), 400: silo('lineless'), 404: silo('nowhere'), 409: silo('busy') },
    dryRun: {
      200: silo('walked', send({ content: `${CSV}yesterday;jdoe;left\n` })),
      400: silo('lineless', send({ content: CSV })),
      404: silo('nowhere', send({ content: CSV })),
      413: silo('walked', LARGE),
    },
    listRejects: {
      200: silo('walked', { query: 'limit=1' }),
      400: silo('walked', { query: 'state=lost' }),
      404: silo('nowhere'),
    },
    collectRejects: { 201: silo('rejected'), 400: silo('lineless'), 404: silo('nowhere'), 409: silo('busy') },
    discardRejects: {
      200: silo('walked', send({})),
      400: silo('walked', send({ lines: [1] })),
      404: silo('nowhere', send({})),
      413: silo('walked', LARGE),
    },
    listRuns: page,
    getRun: { 200: one('ended'), 404: one(null) },
    cancelRun: { 200: one('running'), 404: one(null), 409: one('ended') },

    listLines: { 200: {} },
    createLine: {
      201: send({ name: 'made', definition: DEFINITION }),
      400: send({ name: 'wrong', definition: { ...DEFINITION, target: {} } }),
      409: send({ name: 'walked', definition: DEFINITION }),
      413: LARGE,
    },
    checkLine: {
      200: send({ definition: { ...DEFINITION, target: {} } }),
      400: send({ definition: {} }),
      413: LARGE,
    },
    previewLine: {
      200: send({ definition: DEFINITION, sample: SAMPLE }),
      400: send({ definition: DEFINITION }),
      413: LARGE,
    },
    importLine: {
      200: send({ file: { ...FILE, line: { name: 'imported', definition: DEFINITION } } }),
      400: send({ file: { ...FILE, line: { name: 'wrong', definition: { source: {}, target: {} } } } }),
      409: send({ file: { ...FILE, line: { name: 'walked', definition: DEFINITION } } }),
      413: LARGE,
    },
    exportLine: { 200: one('line'), 400: one('line', { query: 'version=0' }), 404: one(null) },
    getLine: { 200: one('line'), 400: one('line', { query: 'version=0' }), 404: one(null) },
    updateLine: {
      200: one('line', send({ note: 'changed' })),
      400: one('line', send({ name: '' })),
      404: one(null, send({})),
      409: one('line', stale),
      413: one('line', LARGE),
    },
    removeLine: { 200: one('doomedLine'), 404: one(null), 409: one('line') },
    restoreLine: {
      200: one('line', send({ version: 1 })),
      400: one('line', send({ version: 0 })),
      404: one('line', send({ version: 99 })),
      409: one('line', send({ version: 1, unchangedSince: '2001-01-01T00:00:00Z' })),
      413: one('line', LARGE),
    },
    listLineVersions: { 200: one('line'), 404: one(null) },

    listTables: { 200: { query: 'kind=lookup' }, 400: { query: 'kind=chair' } },
    createTable: {
      201: send({ ...LOOKUP, name: 'made' }),
      400: send({ ...LOOKUP, name: 'wrong', kind: 'mapping' }),
      409: send({ ...LOOKUP, name: 'walked' }),
      413: LARGE,
    },
    checkTable: {
      200: send({ kind: 'lookup', content: 'key;key\n1;2\n' }),
      400: send({ kind: 'chair', content: '' }),
      404: send({ kind: 'mapping', content: MAPPING, companionId: NOWHERE }),
      413: LARGE,
    },
    makeTableTemplate: {
      200: send({ kind: 'mapping', eventIds: ['4720'] }),
      400: send({ kind: 'lookup' }),
      404: send({ kind: 'mapping', propertiesId: NOWHERE }),
      413: LARGE,
    },
    getTable: { 200: one('table'), 400: one('table', { query: 'version=0' }), 404: one(null) },
    updateTable: {
      200: one('table', send({ note: 'changed' })),
      400: one('table', send({ content: 'key;key\n1;2\n' })),
      404: one(null, send({})),
      409: one('table', stale),
      413: one('table', LARGE),
    },
    removeTable: { 200: one('doomedTable'), 404: one(null), 409: one('usedTable') },
    exportTable: { 200: one('table'), 400: one('table', { query: 'version=0' }), 404: one(null) },
    replaceTable: {
      200: one('table', csv('key;label\n1;two\n')),
      400: one('table', csv('key;key\n1;2\n')),
      404: one(null, csv('key;label\n1;two\n')),
      413: one('table', csv(' '.repeat(17 * 1024 * 1024))),
      415: one('table', { headers: { 'content-type': 'application/pdf' }, body: 'x' }),
    },
    restoreTable: {
      200: one('table', send({ version: 1 })),
      400: one('table', send({ version: 0 })),
      404: one('table', send({ version: 99 })),
      409: one('table', send({ version: 1, unchangedSince: '2001-01-01T00:00:00Z' })),
      413: one('table', LARGE),
    },
    diffTable: {
      200: one('table', { query: 'from=1&to=1' }),
      400: one('table', { query: 'from=1' }),
      404: one('table', { query: 'from=1&to=99' }),
    },
    listTableVersions: { 200: one('table'), 404: one(null) },

    listPlans: { 200: {} },
    createPlan: {
      201: send({ name: 'made', silos: ['walked'], schedule: '0 2 * * *' }),
      400: send({ name: 'wrong', silos: ['walked'], schedule: 'at night' }),
      409: Array.from({ length: 101 }, (_, i) => send({ name: `plan ${i}`, silos: ['walked'] })),
      413: LARGE,
    },
    getPlan: { 200: one('plan'), 404: one(null) },
    updatePlan: {
      200: one('plan', send({ note: 'changed' })),
      400: one('plan', send({ silos: [] })),
      404: one(null, send({})),
      409: one('plan', stale),
      413: one('plan', LARGE),
    },
    removePlan: { 200: one('doomedPlan'), 404: one(null) },
    runPlan: { 201: one('plan'), 404: one(null), 409: one('idlePlan') },
    listExecutions: {
      200: one('plan', { query: 'limit=1' }),
      400: one('plan', { query: 'limit=0' }),
      404: one(null),
    },
  }
}
