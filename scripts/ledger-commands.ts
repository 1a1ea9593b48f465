import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { TenantScope } from '@/lib/access/scope'
import { scopeForSystem } from '@/lib/access/scope-for-system'
import { AppError } from '@/lib/errors/app-error'
import { parseInput } from '@/lib/errors/parse-input'
import { exportEntities } from '@/lib/ledger/imports/export'
import { importLedger } from '@/lib/ledger/imports/import-ledger'
import { exportEntitiesSchema, importLedgerSchema } from '@/lib/ledger/imports/input'
import { listUnmatched } from '@/lib/ledger/matching/list-unmatched'
import { matchTenant } from '@/lib/ledger/matching/match-tenant'
import { getMatchingStatus } from '@/lib/ledger/matching/matching-status'
import type { MatchingStatus } from '@/lib/ledger/matching/status-view'
import { listUnmatchedSchema } from '@/lib/ledger/matching/unmatched-view'
import { explainMatch } from '@/lib/ledger/policies/explain'
import { explainMatchSchema } from '@/lib/ledger/policies/input'
import { listPolicies } from '@/lib/ledger/policies/list'

type Values = Record<string, string | boolean | (string | boolean)[] | undefined>

/** Between two lines about the progress of matching. */
const STEP_MS = 1_000

const text = { type: 'string' } as const
const flag = { type: 'boolean' } as const

function required(values: Values, name: string): string {
  const value = values[name]
  if (typeof value === 'string' && value !== '') return value
  throw new AppError('invalid', `--${name} is missing.`)
}

const scopeOf = (values: Values) => scopeForSystem(required(values, 'tenant'), 'CLI')

function modeOf({ full, delta }: Values): 'full' | 'delta' {
  if (Boolean(full) !== Boolean(delta)) return full ? 'full' : 'delta'
  throw new AppError(
    'invalid',
    'Say --full, which removes what the file lacks, or --delta, which adds and changes only.',
  )
}

function showProgress({ matchedTo, head, rematch }: MatchingStatus): void {
  const again = rematch
    ? `, again ${rematch.done} of ${rematch.total} names (${rematch.changed} changed)`
    : ''
  process.stderr.write(
    `matched ${matchedTo.toLocaleString('en')} of ${head.toLocaleString('en')} events${again}${process.stderr.isTTY ? '\x1b[K\r' : '\n'}`,
  )
}

const isDone = ({ isActive, matchedTo, head, isBehind, rematch }: MatchingStatus) =>
  !isActive || (matchedTo >= head && !isBehind && !rematch)

/** Works until nothing is left, or somebody ends it: the server goes on. */
async function matchAll(scope: TenantScope): Promise<MatchingStatus> {
  const stop = new AbortController()
  const onSignal = () => stop.abort()
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, onSignal)
  try {
    for (;;) {
      await matchTenant(scope, { budgetMs: STEP_MS, signal: stop.signal })
      const status = await getMatchingStatus(scope)
      showProgress(status)
      if (!isDone(status) && !stop.signal.aborted) continue
      if (process.stderr.isTTY) process.stderr.write('\n')
      return status
    }
  } finally {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.off(name, onSignal)
  }
}

async function policyNamed(scope: TenantScope, name: string): Promise<string> {
  const found = (await listPolicies(scope)).find((policy) => policy.name === name)
  if (!found) throw new AppError('not_found', `There is no policy ${name} in this workspace.`)
  return found.id
}

/** Commands of `npm run admin` for the ledger. */
export const LEDGER_COMMANDS = {
  'ledger import': {
    positionals: ['type', 'file'],
    options: {
      ...{ tenant: text, type: text, file: text, full: flag, delta: flag, from: text, delimiter: text },
      ...{ 'dry-run': flag, 'confirm-removed': text },
    },
    run: async (values: Values) => {
      const scope = await scopeOf(values)
      const path = required(values, 'file')
      const input = parseInput(importLedgerSchema, {
        type: required(values, 'type'),
        mode: modeOf(values),
        name: basename(path),
        effectiveFrom: values.from,
        delimiter: values.delimiter,
        dryRun: values['dry-run'],
        confirmRemoved: values['confirm-removed'],
      })
      return importLedger(scope, { ...input, content: await readFile(path) })
    },
  },
  'ledger export': {
    positionals: ['type'],
    options: { tenant: text, type: text },
    run: async (values: Values) => {
      const scope = await scopeOf(values)
      const input = parseInput(exportEntitiesSchema, { type: required(values, 'type') })
      return (await (await exportEntities(scope, input)).text()).trimEnd()
    },
  },
  'ledger status': {
    options: { tenant: text },
    run: async (values: Values) => getMatchingStatus(await scopeOf(values)),
  },
  'ledger match': {
    options: { tenant: text },
    run: async (values: Values) => matchAll(await scopeOf(values)),
  },
  'ledger unmatched': {
    options: { tenant: text, role: text, state: text, type: text, q: text, after: text, limit: text },
    run: async ({ tenant, ...query }: Values) =>
      listUnmatched(await scopeOf({ tenant }), parseInput(listUnmatchedSchema, query)),
  },
  'ledger explain': {
    positionals: ['login'],
    options: {
      ...{ tenant: text, login: text, repository: text, identity: text, id: text, at: text },
      ...{ target: text, policy: text },
    },
    run: async (values: Values) => {
      const scope = await scopeOf(values)
      const { policy, target, login, repository, identity, id, at } = values
      const input = parseInput(explainMatchSchema, {
        ...{ logEntity: target ?? 'actor', name: login, parent: repository, identity, id, at },
        policyId: typeof policy === 'string' ? await policyNamed(scope, policy) : undefined,
      })
      return explainMatch(scope, input)
    },
  },
}
