import { open, readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { TenantScope } from '@/lib/access/scope'
import { scopeForSystem } from '@/lib/access/scope-for-system'
import { receiveFile } from '@/lib/collection/files/receive'
import { exportLine } from '@/lib/collection/lines/export'
import { importLine } from '@/lib/collection/lines/import'
import { importLineSchema } from '@/lib/collection/lines/line-file'
import { listLines } from '@/lib/collection/lines/list'
import { listPlans } from '@/lib/collection/plans/list'
import { runPlan } from '@/lib/collection/plans/run'
import { collectNow } from '@/lib/collection/runs/collect-now'
import { type RequestRun, requestRunSchema } from '@/lib/collection/runs/input'
import { listRuns } from '@/lib/collection/runs/list'
import { requestRun } from '@/lib/collection/runs/request'
import type { RunView } from '@/lib/collection/runs/run-view'
import { createSilo } from '@/lib/collection/silos/create'
import { getSilo } from '@/lib/collection/silos/get'
import { createSiloSchema } from '@/lib/collection/silos/input'
import { listSilos } from '@/lib/collection/silos/list'
import { createTable } from '@/lib/collection/tables/create'
import { exportTable } from '@/lib/collection/tables/export'
import { createTableSchema } from '@/lib/collection/tables/input'
import { listTables } from '@/lib/collection/tables/list'
import { updateTable } from '@/lib/collection/tables/update'
import { AppError } from '@/lib/errors/app-error'
import { parseInput } from '@/lib/errors/parse-input'
import { setAliasesSchema } from '@/lib/workspaces/input'
import { readAliases } from '@/lib/workspaces/read-aliases'
import { setAliases } from '@/lib/workspaces/set-aliases'

type Values = Record<string, string | boolean | (string | boolean)[] | undefined>

/** Rows are left that could not be collected: scripts may want to look at them, but nothing failed. */
const EXIT_REJECTS = 3

const text = { type: 'string' } as const
const flag = { type: 'boolean' } as const

function required(values: Values, name: string): string {
  const value = values[name]
  if (typeof value === 'string' && value !== '') return value
  throw new AppError('invalid', `--${name} is missing.`)
}

const scopeOf = (values: Values) => scopeForSystem(required(values, 'tenant'), 'CLI')

function named<T extends { name: string }>(things: readonly T[], what: string, name: string): T {
  const found = things.find((thing) => thing.name === name)
  if (!found) throw new AppError('not_found', `There is no ${what} ${name} in this workspace.`)
  return found
}

function showProgress({ silo, state, currentFile, readBytes, totalBytes, rows, rejected }: RunView): void {
  const percent = totalBytes > 0 ? Math.floor((100 * readBytes) / totalBytes) : 0
  const file = currentFile ? ` ${currentFile.name}` : ''
  const wrong = rejected > 0 ? `, ${rejected.toLocaleString('en')} rejected` : ''
  process.stderr.write(
    `${silo} ${state}${file}: ${percent} %, ${rows.toLocaleString('en')} rows${wrong}${process.stderr.isTTY ? '\x1b[K\r' : '\n'}`,
  )
}

/** Ctrl-C gives the run back: the server goes on with it. */
async function follow(scope: TenantScope, id: string): Promise<RunView> {
  const stop = new AbortController()
  const onSignal = () => stop.abort()
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, onSignal)
  try {
    const run = await collectNow(scope, { id }, showProgress, stop.signal)
    if (process.stderr.isTTY) process.stderr.write('\n')
    return run
  } finally {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.off(name, onSignal)
  }
}

/** A new run, or the one that is open. */
async function openRun(scope: TenantScope, request: RequestRun): Promise<string> {
  try {
    return (await requestRun(scope, request)).id
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'conflict')) throw error
    const { runs } = await listRuns(scope, { silo: request.silo, limit: 1 })
    const open = runs.find(
      ({ state, kind }) => ['queued', 'running'].includes(state) && kind === request.kind,
    )
    if (!open) throw error
    return open.id
  }
}

function setExitCode(runs: readonly RunView[]): void {
  const isGood = ({ state, failedFiles }: RunView) => state === 'finished' && failedFiles === 0
  if (!runs.every(isGood)) process.exitCode = 1
  else if (runs.some(({ rejected }) => rejected > 0)) process.exitCode = EXIT_REJECTS
}

/** Commands of `npm run admin` for collecting audit logs from files. */
export const COLLECTION_COMMANDS = {
  'tenant aliases': {
    options: { tenant: text, alias: { type: 'string', multiple: true } as const, clear: flag },
    run: async (values: Values) => {
      const scope = await scopeOf(values)
      if (values.alias || values.clear)
        await setAliases(scope, parseInput(setAliasesSchema, { aliases: values.alias ?? [] }))
      return { tenant: scope.tenantSlug, aliases: await readAliases(scope) }
    },
  },
  'silo list': {
    options: { tenant: text },
    run: async (values: Values) => ({ silos: await listSilos(await scopeOf(values)) }),
  },
  'silo status': {
    options: { tenant: text, name: text },
    run: async (values: Values) => {
      const scope = await scopeOf(values)
      const silo = required(values, 'name')
      return { silo: await getSilo(scope, { silo }), ...(await listRuns(scope, { silo, limit: 10 })) }
    },
  },
  'silo create': {
    options: {
      ...{ tenant: text, name: text, line: text, note: text, pattern: text, folder: text },
      ...{ 'keep-days': text, 'collect-at-once': flag },
    },
    run: async (values: Values) => {
      const scope = await scopeOf(values)
      const { line, folder } = values
      const input = parseInput(createSiloSchema, {
        name: values.name,
        note: values.note,
        pattern: values.pattern,
        keepDays: values['keep-days'],
        collectsAtOnce: values['collect-at-once'],
        origin: folder === undefined ? undefined : { kind: 'folder', path: folder },
        lineId: typeof line === 'string' ? named(await listLines(scope), 'line', line).id : undefined,
      })
      return createSilo(scope, input)
    },
  },
  'silo upload': {
    options: { tenant: text, name: text, file: text, as: text },
    run: async (values: Values) => {
      const scope = await scopeOf(values)
      const path = required(values, 'file')
      const name = typeof values.as === 'string' ? values.as : basename(path)
      const silo = required(values, 'name')
      // Opened first: a stream of a file that is not there would end the process in its own way.
      const file = await open(path)
      try {
        return await receiveFile(scope, { silo, name, bytes: file.createReadStream({ autoClose: false }) })
      } finally {
        await file.close()
      }
    },
  },
  'silo run': {
    options: { tenant: text, name: text, rejects: flag },
    run: async (values: Values) => {
      const scope = await scopeOf(values)
      const kind = values.rejects ? 'rejects' : 'files'
      const run = await follow(
        scope,
        await openRun(scope, parseInput(requestRunSchema, { silo: values.name, kind })),
      )
      setExitCode([run])
      return run
    },
  },
  'plan run': {
    options: { tenant: text, name: text },
    run: async (values: Values) => {
      const scope = await scopeOf(values)
      const { id } = named(await listPlans(scope), 'plan', required(values, 'name'))
      const { runs, ...execution } = await runPlan(scope, { id })
      const ended: RunView[] = []
      for (const run of runs) ended.push(await follow(scope, run.id))
      setExitCode(ended)
      return { ...execution, state: undefined, runs: ended }
    },
  },
  'line export': {
    options: { tenant: text, name: text },
    run: async (values: Values) => {
      const scope = await scopeOf(values)
      const { id } = named(await listLines(scope), 'line', required(values, 'name'))
      return JSON.stringify(await exportLine(scope, { id }), null, 2)
    },
  },
  'line import': {
    options: { tenant: text, file: text, replace: flag },
    run: async (values: Values) => {
      const scope = await scopeOf(values)
      const file = parseJson(await readFile(required(values, 'file'), 'utf8'))
      return importLine(scope, parseInput(importLineSchema, { file, replaces: values.replace ?? false }))
    },
  },
  'table export': {
    options: { tenant: text, name: text },
    run: async (values: Values) => {
      const scope = await scopeOf(values)
      const { id } = named(await listTables(scope), 'table', required(values, 'name'))
      return (await exportTable(scope, { id })).content.trimEnd()
    },
  },
  'table import': {
    options: { tenant: text, kind: text, name: text, file: text },
    run: async (values: Values) => {
      const scope = await scopeOf(values)
      const content = await readFile(required(values, 'file'), 'utf8')
      const known = (await listTables(scope)).find(({ name }) => name === values.name)
      if (known) return updateTable(scope, { id: known.id, content })
      return createTable(
        scope,
        parseInput(createTableSchema, { kind: values.kind, name: values.name, content }),
      )
    },
  },
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch (error) {
    throw new AppError('invalid', `The file is no JSON: ${error instanceof Error ? error.message : error}`)
  }
}
