import { inTenant } from '@/lib/access/in-tenant'
import { runForFile } from '@/lib/collection/api/run-for-file'
import { answerFileContent } from '@/lib/collection/files/answer-content'
import { collectFileAgain } from '@/lib/collection/files/collect-again'
import { fetchNewFiles } from '@/lib/collection/files/fetch-new-files'
import { findFile } from '@/lib/collection/files/find-file'
import { getFile } from '@/lib/collection/files/get'
import { listFiles } from '@/lib/collection/files/list'
import { readFileBytes } from '@/lib/collection/files/read-file-bytes'
import { readHead } from '@/lib/collection/files/read-head'
import { readSample } from '@/lib/collection/files/read-sample'
import { receiveFile } from '@/lib/collection/files/receive'
import { removeFile } from '@/lib/collection/files/remove'
import { createPlan } from '@/lib/collection/plans/create'
import { getPlan } from '@/lib/collection/plans/get'
import { createPlanSchema, listExecutionsSchema } from '@/lib/collection/plans/input'
import { listPlans } from '@/lib/collection/plans/list'
import { listExecutions } from '@/lib/collection/plans/list-executions'
import { removePlan } from '@/lib/collection/plans/remove'
import { runPlan } from '@/lib/collection/plans/run'
import { updatePlan } from '@/lib/collection/plans/update'
import { countRejects } from '@/lib/collection/rejects/count'
import { discardRejects } from '@/lib/collection/rejects/discard'
import { exportRejects } from '@/lib/collection/rejects/export'
import { listRejectsSchema } from '@/lib/collection/rejects/input'
import { listRejects } from '@/lib/collection/rejects/list'
import { whichRejects } from '@/lib/collection/rejects/read-rejects'
import { cancelRun } from '@/lib/collection/runs/cancel'
import { collectNow } from '@/lib/collection/runs/collect-now'
import { dryRun } from '@/lib/collection/runs/dry-run'
import { getRun } from '@/lib/collection/runs/get'
import { listRunsSchema } from '@/lib/collection/runs/input'
import { listRuns } from '@/lib/collection/runs/list'
import { requestRun } from '@/lib/collection/runs/request'
import { createSilo } from '@/lib/collection/silos/create'
import { lockSilo, readSilo } from '@/lib/collection/silos/find-silo'
import { getSilo } from '@/lib/collection/silos/get'
import { createSiloSchema, testOriginSchema, updateSiloSchema } from '@/lib/collection/silos/input'
import { listSilos } from '@/lib/collection/silos/list'
import { readSilos } from '@/lib/collection/silos/read-silos'
import { removeSilo } from '@/lib/collection/silos/remove'
import { testOrigin } from '@/lib/collection/silos/test-origin'
import { updateSilo } from '@/lib/collection/silos/update'
import type { Attempt } from './destination-attempts'
import type { FilledTenant } from './filled-tenant'

const done = () => 'done'
async function* rows() {
  yield Buffer.from('at;login;what\n20260101000000;intruder;tried\n')
}
const fileOf = ({ silo, fileId }: FilledTenant) => ({ silo, id: fileId })
const allRejects = listRejectsSchema.parse({})

/** Verbs that name a silo, a file, a run, rejects or a plan of the victim. */
export const SILOS_NOT_FOUND: Record<string, Attempt> = {
  'collection/api/run-for-file runForFile': (b, a) => runForFile(b, a.idleSilo),
  'collection/silos/find-silo lockSilo': (b, a) => inTenant(b, (tx) => lockSilo(tx, b, a.silo)),
  'collection/silos/find-silo readSilo': (b, a) => inTenant(b, (tx) => readSilo(tx, b, a.silo)),
  'collection/silos/get getSilo': (b, a) => getSilo(b, { silo: a.silo }),
  'collection/silos/remove removeSilo': (b, a) => removeSilo(b, { silo: a.idleSilo }),
  'collection/silos/update updateSilo': (b, a) =>
    updateSilo(b, updateSiloSchema.parse({ silo: a.silo, note: 'intruder' })),
  'collection/silos/test-origin testOrigin': (b, a) =>
    testOrigin(b, testOriginSchema.parse({ silo: a.silo, origin: { kind: 'upload' } })),
  'collection/files/answer-content answerFileContent': async (b, a) =>
    (await answerFileContent(b, fileOf(a))).text(),
  'collection/files/fetch-new-files fetchNewFiles': (b, a) => fetchNewFiles(b, a.siloId),
  'collection/files/read-head readHead': (b, a) => readHead(b, a.fileId),
  'collection/files/read-sample readSample': (b, a) => readSample(b, fileOf(a)),
  'collection/files/collect-again collectFileAgain': (b, a) => collectFileAgain(b, fileOf(a)),
  'collection/files/find-file findFile': (b, a) => inTenant(b, (tx) => findFile(tx, b, fileOf(a))),
  'collection/files/get getFile': (b, a) => getFile(b, fileOf(a)),
  'collection/files/list listFiles': (b, a) => listFiles(b, { silo: a.silo }),
  'collection/files/read-file-bytes readFileBytes': async (b, a) =>
    (await readFileBytes(b, a.fileId, 0).next()).value,
  'collection/files/receive receiveFile': (b, a) =>
    receiveFile(b, { silo: a.silo, name: 'intruder.csv', bytes: rows() }),
  'collection/files/remove removeFile': (b, a) => removeFile(b, { ...fileOf(a), discardRejects: true }),
  'collection/runs/collect-now collectNow': (b, a) => collectNow(b, { id: a.runId }, () => {}),
  'collection/runs/cancel cancelRun': (b, a) => cancelRun(b, { id: a.runId }),
  'collection/runs/dry-run dryRun': (b, a) => dryRun(b, { silo: a.silo, fileId: a.fileId }),
  'collection/runs/get getRun': (b, a) => getRun(b, { id: a.runId }),
  'collection/runs/request requestRun': (b, a) => requestRun(b, { silo: a.idleSilo, kind: 'files' }),
  'collection/rejects/discard discardRejects': (b, a) => discardRejects(b, { silo: a.silo }),
  'collection/rejects/export exportRejects': async (b, a) =>
    (await exportRejects(b, { silo: a.silo })).text(),
  'collection/rejects/read-rejects whichRejects': (b, a) =>
    inTenant(b, (tx) => whichRejects(tx, b, { silo: a.silo })),
  'collection/rejects/list listRejects': (b, a) => listRejects(b, { ...allRejects, silo: a.silo }),
  'collection/plans/get getPlan': (b, a) => getPlan(b, { id: a.planId }),
  'collection/plans/list-executions listExecutions': (b, a) =>
    listExecutions(b, listExecutionsSchema.parse({ id: a.planId })),
  'collection/plans/remove removePlan': (b, a) => removePlan(b, { id: a.planId }).then(done),
  'collection/plans/run runPlan': (b, a) => runPlan(b, { id: a.planId }),
  'collection/plans/update updatePlan': (b, a) => updatePlan(b, { id: a.planId, note: 'intruder' }),
}

/** Those that name none, or look for some. */
export const SILOS_NOTHING: Record<string, Attempt> = {
  'collection/silos/create createSilo': (b) => createSilo(b, createSiloSchema.parse({ name: 'intruder' })),
  'collection/silos/list listSilos': (b) => listSilos(b),
  'collection/silos/read-silos readSilos': (b, a) => inTenant(b, (tx) => readSilos(tx, b, { id: a.siloId })),
  'collection/plans/create createPlan': (b, a) =>
    createPlan(b, createPlanSchema.parse({ name: 'intruder', silos: [a.silo] })).catch(done),
  'collection/plans/list listPlans': (b) => listPlans(b),
  'collection/rejects/count countRejects': (b, a) => countRejects(b, { run: a.runId }),
  'collection/runs/list listRuns': (b) => listRuns(b, listRunsSchema.parse({})),
}
