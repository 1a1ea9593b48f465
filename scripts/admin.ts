import { type ParseArgsConfig, parseArgs } from 'node:util'
import { closeDatabase } from '@/db/client'
import { provideEnv } from '@/env'
import { inTenant } from '@/lib/access/in-tenant'
import { ANCHOR_TENANT_ID, INSTANCE_TENANT_ID } from '@/lib/access/instance-tenant'
import type { TenantScope } from '@/lib/access/scope'
import { scopeForSystem } from '@/lib/access/scope-for-system'
import { AppError } from '@/lib/errors/app-error'
import { parseInput } from '@/lib/errors/parse-input'
import { policyText } from '@/lib/integrity/log/policy-text'
import { readKeys } from '@/lib/integrity/log/read-keys'
import { readLog } from '@/lib/integrity/log/read-log'
import { listRequests, logRequestSchema, requestEpoch, requestRotation } from '@/lib/integrity/log/requests'
import { scrubTrail } from '@/lib/integrity/scrub/run-scrub'
import { readScrubStatus } from '@/lib/integrity/scrub/scrub-status'
import { createToken } from '@/lib/tokens/create'
import { createTokenSchema, tokenIdSchema } from '@/lib/tokens/input'
import { listTokens } from '@/lib/tokens/list'
import { revokeToken } from '@/lib/tokens/revoke'
import { createWorkspaceForOwner } from '@/lib/workspaces/create-for-owner'
import { createForOwnerSchema } from '@/lib/workspaces/input'
import { listAllWorkspaces } from '@/lib/workspaces/list'
import { ANCHOR_COMMANDS } from './anchor-commands'
import { COLLECTION_COMMANDS } from './collection-commands'
import { attachInstance } from './instance'
import { LEDGER_COMMANDS } from './ledger-commands'

const USAGE = `Usage: npm run --silent admin -- <command>
  tenant create --slug acme --name Acme --owner owner@acme.example [--password-stdin | --existing-account]
  tenant list
  tenant aliases --tenant acme [--alias theshire [--alias …] | --clear]
  token create --tenant acme --name ci --scope events:write [--scope events:read …] [--expires 2027-01-01]
  token list --tenant acme
  token revoke --tenant acme --id <id>
  log scrub --tenant acme
  log show --tenant acme
  log policy --tenant acme > policy.txt
  log rotate-key --tenant acme --reason "every year"
  log open-epoch (--tenant acme | --all) --reason "restored from last night's backup"
  anchors show [--tenant acme]
  anchors set [--tenant acme] --witness-url https://… --witness-vkey name+id+key --timestamp-url https://…
    (without --tenant: the anchor log of this instance)
  silo list --tenant acme
  silo status --tenant acme --name windows-security
  silo create --tenant acme --name windows-security --line Windows [--folder /var/log/acme] [--pattern '*.csv']
  silo upload --tenant acme --name windows-security --file security.csv [--as name.csv]
  silo run --tenant acme --name windows-security [--rejects]
  plan run --tenant acme --name nightly
    (both collect in this process; 3: rows were rejected, 1: a run or a file failed)
  line export --tenant acme --name Windows > line.json
  line import --tenant acme --file line.json [--replace]
  table export --tenant acme --name mapping > mapping.csv
  table import --tenant acme --name mapping --kind mapping --file mapping.csv
  ledger import account accounts.csv --tenant acme --full | --delta [--from 2026-03-01] [--dry-run] [--confirm-removed 12]
  ledger export account --tenant acme > accounts.csv
  ledger status --tenant acme
  ledger match --tenant acme
    (in this process, until all events are matched)
  ledger unmatched --tenant acme [--role actor] [--state ambiguous] [--q part] [--limit 50]
  ledger explain pgustavo --tenant acme [--repository THESHIRE] [--id S-1-5-…] [--target account] [--at 2026-03-01T00:00:00Z]
Each prints one JSON object, but log policy, line export, table export and ledger export: a file.`

class UsageError extends Error {}

type Values = Record<string, string | boolean | (string | boolean)[] | undefined>
type Command = {
  options: NonNullable<ParseArgsConfig['options']>
  /** Options that may be given by their place alone. */
  positionals?: string[]
  run(values: Values): Promise<unknown>
}

/** The option that an input field comes from, for messages. */
const OPTION_OF_FIELD: Record<string, string> = {
  ownerEmail: '--owner',
  password: 'password',
  scopes: '--scope',
  expiresAt: '--expires',
  witnessUrl: '--witness-url',
  witnessVkey: '--witness-vkey',
  witnessEveryMinutes: '--witness-every',
  timestampUrl: '--timestamp-url',
  timestampEveryMinutes: '--timestamp-every',
  silo: '--name',
  lineId: '--line',
  keepDays: '--keep-days',
  content: '--file',
  aliases: '--alias',
  origin: '--folder',
  effectiveFrom: '--from',
  confirmRemoved: '--confirm-removed',
  logEntity: '--target',
}

const text = { type: 'string' } as const

const COMMANDS: Record<string, Command> = {
  'tenant create': {
    options: {
      slug: text,
      name: text,
      owner: text,
      'password-stdin': { type: 'boolean' },
      'existing-account': { type: 'boolean' },
    },
    run: async ({ slug, name, owner, 'password-stdin': fromStdin, 'existing-account': existingAccount }) => {
      const password = fromStdin ? await readPassword() : undefined
      const input = parseInput(createForOwnerSchema, {
        slug,
        name,
        ownerEmail: owner,
        password,
        existingAccount,
      })
      const created = await createWorkspaceForOwner(input)
      return {
        tenant: created.workspace,
        owner: { email: created.owner.email, existing: !created.owner.isNew },
        signInUrl: created.signInUrl,
      }
    },
  },
  'tenant list': { options: {}, run: async () => ({ tenants: await listAllWorkspaces() }) },
  'token create': {
    options: { tenant: text, name: text, scope: { type: 'string', multiple: true }, expires: text },
    run: async ({ tenant, name, scope, expires }) => {
      const input = parseInput(createTokenSchema, { name, scopes: scope, expiresAt: expires })
      const { secret, ...token } = await createToken(await scopeOf(tenant), input)
      return { token: secret, tenant, ...token }
    },
  },
  'token list': {
    options: { tenant: text },
    run: async ({ tenant }) => ({ tenant, tokens: await listTokens(await scopeOf(tenant)) }),
  },
  'token revoke': {
    options: { tenant: text, id: text },
    run: async ({ tenant, id }) => {
      const revoked = await revokeToken(await scopeOf(tenant), parseInput(tokenIdSchema, { id }))
      return { tenant, ...revoked, revoked: true }
    },
  },
  'log scrub': {
    options: { tenant: text },
    run: async ({ tenant }) => {
      const scope = await scopeOf(tenant)
      return { tenant, ...(await scrubTrail(scope)), status: await readScrubStatus(scope) }
    },
  },
  'log show': {
    options: { tenant: text },
    run: async ({ tenant }) => {
      const scope = await scopeOf(tenant)
      return { tenant, log: await showLog(scope), requests: await listRequests(scope) }
    },
  },
  'log policy': {
    options: { tenant: text },
    run: async ({ tenant }) => policyText(await readKeys(await scopeOf(tenant))).trimEnd(),
  },
  'log rotate-key': {
    options: { tenant: text, reason: text },
    run: async ({ tenant, reason }) => {
      const input = parseInput(logRequestSchema, { reason })
      return { tenant, requested: await requestRotation(await scopeOf(tenant), input) }
    },
  },
  'log open-epoch': {
    options: { tenant: text, all: { type: 'boolean' }, reason: text },
    run: async ({ tenant, all, reason }) => {
      const input = parseInput(logRequestSchema, { reason })
      const tenants = all ? await everyTenant() : [tenant]
      const requested: Record<string, string> = {}
      for (const one of tenants)
        requested[String(one)] = await requestEpoch(await scopeOf(one), input).catch((error) => {
          // Of all, those that somebody has asked for already must not keep the others from it.
          if (all && error instanceof AppError && error.code === 'conflict') return error.message
          throw error
        })
      return { requested }
    },
  },
  ...ANCHOR_COMMANDS,
  ...COLLECTION_COMMANDS,
  ...LEDGER_COMMANDS,
}

/** Every trail that has a log: the workspaces', the instance's own, and the anchor log. */
async function everyTenant(): Promise<string[]> {
  const workspaces = await listAllWorkspaces()
  return [...workspaces.map(({ slug }) => slug), INSTANCE_TENANT_ID, ANCHOR_TENANT_ID]
}

async function showLog(scope: TenantScope) {
  const log = await inTenant(scope, (tx) => readLog(tx, scope.tenantId))
  return log && { ...log, root: log.root.toString('base64') }
}

function scopeOf(tenant: Values[string]) {
  if (typeof tenant !== 'string' || !tenant) throw new UsageError('--tenant is missing: which workspace?')
  return scopeForSystem(tenant, 'CLI')
}

async function readPassword(): Promise<string> {
  process.stdin.setEncoding('utf8')
  let typed = ''
  for await (const chunk of process.stdin) typed += chunk
  return typed.replace(/\r?\n$/, '')
}

async function run(): Promise<void> {
  const [object = '', verb = '', ...args] = process.argv.slice(2)
  const command = COMMANDS[`${object} ${verb}`]
  if (!object || object === '--help') throw new UsageError(USAGE)
  if (!command) {
    const known = Object.keys(COMMANDS).join(', ')
    throw new UsageError(`There is no command "${`${object} ${verb}`.trim()}", only ${known}.`)
  }
  const values = readOptions(args, command)
  const { url } = attachInstance()
  if (url) provideEnv({ SPOOR_PUBLIC_URL: url })
  const answer = await command.run(values)
  console.log(typeof answer === 'string' ? answer : JSON.stringify(answer))
}

function readOptions(args: string[], { options, positionals: names = [] }: Command): Values {
  try {
    const { values, positionals } = parseArgs({
      args,
      options,
      strict: true,
      allowPositionals: names.length > 0,
    })
    const [surplus] = positionals.slice(names.length)
    if (surplus !== undefined)
      throw new UsageError(`Nothing is expected behind ${names.join(' and ')}: ${surplus}`)
    return { ...values, ...Object.fromEntries(positionals.map((value, at) => [names[at], value])) }
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

/** One line for people. A query's own message holds the values bound to it; its cause doesn't. */
function explain(error: unknown): string {
  if (error instanceof AppError) {
    const [first] = error.details.violations ?? []
    if (!first) return error.message
    const field = first.pointer.split('/')[1] ?? ''
    // A line of a file.
    if (/^\d+$/.test(field)) return error.message
    return `${OPTION_OF_FIELD[field] ?? `--${field}`}: ${first.detail}`
  }
  if (error instanceof UsageError || !(error instanceof Error))
    return String((error as Error).message ?? error)
  return error.cause instanceof Error ? error.cause.message : error.message
}

try {
  await run()
} catch (error) {
  console.error(explain(error))
  process.exitCode =
    error instanceof UsageError || (error instanceof AppError && error.code === 'invalid') ? 2 : 1
} finally {
  await closeDatabase()
}
