import { randomUUID } from 'node:crypto'
import { collectionRuns } from '@/db/schema/silos'
import { inTenant } from '@/lib/access/in-tenant'
import { dropFile } from '@/lib/collection/files/drop-file'
import { rememberFound, unknownOnes } from '@/lib/collection/files/found-marks'
import { clearFailure, noteFailure } from '@/lib/collection/files/note-failure'
import { storeFile } from '@/lib/collection/files/store-file'
import { writePieces } from '@/lib/collection/files/write-pieces'
import { beginExecution } from '@/lib/collection/plans/begin-execution'
import { runDuePlan } from '@/lib/collection/plans/run-due'
import { collectRun } from '@/lib/collection/runs/collect-run'
import { commitAppended } from '@/lib/collection/runs/commit-appended'
import { commitChunk } from '@/lib/collection/runs/commit-chunk'
import { commitRejects } from '@/lib/collection/runs/commit-rejects'
import { endRun, tellEnd } from '@/lib/collection/runs/end-run'
import { holdLease } from '@/lib/collection/runs/hold-lease'
import { leaseRun, releaseRun } from '@/lib/collection/runs/lease-run'
import type { MappedRows } from '@/lib/collection/runs/map-rows'
import {
  failFile,
  finishFile,
  noteReading,
  takeNextFile,
  type WaitingFile,
} from '@/lib/collection/runs/run-files'
import { StopRun } from '@/lib/collection/runs/stop-run'
import { tellQuiet } from '@/lib/collection/runs/tell-quiet'
import { readSilo } from '@/lib/collection/silos/find-silo'
import type { Attempt } from './destination-attempts'
import type { FilledTenant } from './filled-tenant'
import { leasedRun } from './leased-run'

const NO_ROWS: MappedRows = { events: [], lines: [], rejects: [], filtered: 0, atMs: 0 }
const READING = {
  encoding: 'utf-8',
  bomBytes: 0,
  delimiter: ',',
  quote: '"',
  header: 'none',
  lineEnd: 'lf',
} as const

const waiting = ({ fileId }: FilledTenant): WaitingFile => ({
  id: fileId,
  name: 'intruder.csv',
  bytes: 1,
  sha256: '',
  readBytes: 0,
  readLines: 0,
  reading: null,
  header: null,
  settles: false,
})

function lost(error: unknown): string {
  if (error instanceof StopRun) return error.reason
  throw error
}
const refused = () => 'refused by the database'

const siloOf = ({ scope, silo }: FilledTenant) => inTenant(scope, (tx) => readSilo(tx, scope, silo))
const foundOf = ({ silo }: FilledTenant) => ({ name: silo, place: silo, mark: silo, bytes: 1, read: rows })

async function* rows() {
  yield Buffer.from('at;login;what\n20260101000000;intruder;tried\n')
}

/** What works on runs and files by ids that it was given: of another tenant it finds nothing to work on. */
export const RUNS_NOTHING: Record<string, Attempt> = {
  'collection/files/drop-file dropFile': (b, a) => dropFile(b, a.fileId),
  'collection/files/found-marks rememberFound': (b, a) =>
    rememberFound(b, a.siloId, foundOf(a)).catch(refused),
  'collection/files/found-marks unknownOnes': async (b, a) =>
    (await unknownOnes(b, a.siloId, [foundOf(a)])).length,
  'collection/files/note-failure clearFailure': async (b, a) => clearFailure(b, await siloOf(a), a.silo),
  'collection/files/note-failure noteFailure': async (b, a) =>
    noteFailure(b, await siloOf(a), { name: a.silo, receivedBy: 'intruder', error: 'none' }).catch(refused),
  'collection/files/store-file storeFile': async (b, a) => {
    const file = { name: 'intruder.csv', bytes: rows(), receivedBy: 'intruder' }
    return storeFile(b, await siloOf(a), file).catch(refused)
  },
  'collection/files/write-pieces writePieces': (b, a) =>
    writePieces(b, a.fileId, rows(), () => {}).catch(refused),
  'collection/plans/begin-execution beginExecution': (b, a) =>
    inTenant(b, (tx) => beginExecution(tx, b, { id: a.planId, siloIds: [a.siloId] })).catch(refused),
  'collection/plans/run-due runDuePlan': (b, a) => runDuePlan(b, a.planId),
  'collection/runs/collect-run collectRun': (b, a) => collectRun(b, a.runId),
  'collection/runs/commit-appended commitAppended': (b) =>
    commitAppended(b, [], async () => ({ counts: 0, trailEnd: undefined })),
  'collection/runs/commit-chunk commitChunk': (b, a) => {
    const [from, to] = [
      { byte: 0, line: 0 },
      { byte: 1, line: 1 },
    ]
    const chunk = { fileId: a.fileId, from, to, settles: true, mapped: NO_ROWS }
    return commitChunk(b, leasedRun(a), chunk, { cleanChunks: 0 }).catch(lost)
  },
  'collection/runs/commit-rejects commitRejects': (b, a) =>
    commitRejects(b, leasedRun(a), { fileId: a.fileId, lines: [2], bytes: 1, mapped: NO_ROWS }).catch(lost),
  'collection/runs/end-run endRun': (b, a) => endRun(b, leasedRun(a), { state: 'cancelled' }).catch(lost),
  'collection/runs/end-run tellEnd': (b, a) =>
    inTenant(a.scope, (tx) => tx.select().from(collectionRuns)).then(([run]) =>
      inTenant(b, async (tx) => run && tellEnd(tx, b, { id: randomUUID(), name: 'intruder' }, run)),
    ),
  'collection/runs/hold-lease holdLease': async (b, a) => holdLease(b, leasedRun(a), undefined).end(),
  'collection/runs/lease-run leaseRun': (b, a) => leaseRun(b, a.runId),
  'collection/runs/lease-run releaseRun': (b, a) => releaseRun(b, leasedRun(a)),
  'collection/runs/run-files failFile': (b, a) => failFile(b, leasedRun(a), a.fileId, 'intruder').catch(lost),
  'collection/runs/run-files finishFile': (b, a) => finishFile(b, leasedRun(a), a.fileId).catch(lost),
  'collection/runs/run-files noteReading': (b, a) => noteReading(b, waiting(a), READING, null),
  'collection/runs/run-files takeNextFile': (b, a) => takeNextFile(b, leasedRun(a)).catch(lost),
  'collection/runs/tell-quiet tellQuiet': (b, a) => tellQuiet(b, a.siloId),
}
