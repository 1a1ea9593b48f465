import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { logOf, serveRoute } from '@/lib/integrity/testing/log-client'
import { tamperWith } from '@/lib/integrity/testing/tamper'
import { httpResource } from '@/scripts/verify-inputs'
import { evidenceBundle } from './bundle/evidence-bundle'
import { treeLane } from './log/tree-route'
import { scrubTrail } from './scrub/run-scrub'
import { readScrubStatus } from './scrub/scrub-status'
import { makeSealedTrail } from './scrub/testing/sealed-trail'
import { rewriteLog } from './testing/rewrite-log'
import { MASTER_SECRET } from './testing/sealed-log'
import type { Answers } from './testing/tamper-case'
import { EVENT_CASES } from './testing/tamper-event-cases'
import type { Victim } from './testing/tamper-forgeries'
import { LOG_CASES } from './testing/tamper-log-cases'
import { reasonOf, verifierOf, verifyText } from './testing/verify-lines'
import { followLog } from './verify/follow'
import { checkLog } from './verify/fsck'
import { Skips } from './verify/skips'

const database = useTestDatabase()
const dir = mkdtempSync(join(tmpdir(), 'spoor-tamper-'))
let server: Awaited<ReturnType<typeof serveRoute>>

beforeAll(async () => {
  server = await serveRoute(treeLane)
})
afterAll(async () => {
  await server.close()
  rmSync(dir, { recursive: true })
})

async function newVictim(): Promise<Victim> {
  const trail = await makeSealedTrail(database.owner())
  const run = async (statements: string) => {
    await tamperWith(database, statements.replaceAll(':t', `'${trail.tenantId}'`))
  }
  return { ...trail, database, run }
}

const fetcher = async ({ scope, tenantId, secret }: Victim) => {
  const tokenFile = join(dir, tenantId)
  writeFileSync(tokenFile, secret)
  const url = `${server.url}/log/${(await logOf(scope)).logId}`
  return { url, tokenFile, fetchResource: httpResource(url, tokenFile) }
}

/** What each way to verify says: a walk through the served log, following it, and an evidence bundle of all of it. */
async function verify(victim: Victim): Promise<Record<keyof Answers, string>> {
  const { scope, policy, note } = victim
  const { fetchResource } = await fetcher(victim)
  const verifier = verifierOf(policy)
  return {
    fsck: await reasonOf(checkLog(fetchResource, verifier, new Skips(new Set()))),
    watch: await reasonOf(followLog(note, fetchResource, verifier)),
    bundle: await bundleReason(scope, policy, note),
  }
}

/** `none`: Spoor itself refuses to write one. */
async function bundleReason(scope: TenantScope, policy: string, note: string): Promise<string> {
  let text = ''
  try {
    const { pieces } = await evidenceBundle(scope, { selection: { kind: 'range' }, since: [] })
    for await (const piece of pieces) text += piece.text
  } catch {
    return 'none'
  }
  return reasonOf(verifyText(text, { policy, remembered: [note] }))
}

const NOTHING = { fsck: 'yes', watch: 'yes', bundle: 'yes' }

test.each([...EVENT_CASES, ...LOG_CASES])(
  '$what: the scrubber says what and where, and the verifier says no where it left us',
  async ({ tamper, found, verified }) => {
    const victim = await newVictim()
    expect(await verify(victim)).toEqual(NOTHING)
    await scrubTrail(victim.scope)
    const log = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    await tamper(victim)
    expect(await verify(victim)).toEqual({ ...NOTHING, ...verified })
    await scrubTrail(victim.scope)
    const warnings = log.mock.calls.map(([line]) => String(line))
    log.mockRestore()
    const { state, failures } = await readScrubStatus(victim.scope)
    expect(failures.map(({ reason, place }) => ({ reason, place }))).toEqual(found)
    expect(state).toBe('failing')
    expect(warnings.some((line) => line.includes(victim.tenantId))).toBe(true)
  },
)

/** `npm run verify` as an auditor runs it. */
async function runVerifier(victim: Victim, ...args: string[]) {
  const { url, tokenFile } = await fetcher(victim)
  const policyFile = join(dir, `${victim.tenantId}.policy`)
  writeFileSync(policyFile, victim.policy)
  const all = ['--import', 'tsx', 'scripts/verify.ts', ...args, '--policy', policyFile, '--json']
  const run = promisify(execFile)('node', [
    ...all.slice(0, 4),
    url,
    ...all.slice(4),
    '--token-file',
    tokenFile,
  ])
  return run.then(
    ({ stdout }) => ({ code: 0, stdout }),
    ({ code, stdout }) => ({ code, stdout }),
  )
}

test('the command line says yes to a trail that nobody touched, and no with the reason to one that was', async () => {
  const victim = await newVictim()
  expect(await runVerifier(victim, 'fsck')).toMatchObject({ code: 0 })
  const state = join(dir, 'watched')
  expect(await runVerifier(victim, 'watch', '--once', '--state', state)).toMatchObject({ code: 0 })
  await rewriteLog(database, victim.tenantId, 300, { masterSecret: MASTER_SECRET, exchangesKeys: false })
  const watched = await runVerifier(victim, 'watch', '--once', '--state', state)
  expect(watched).toMatchObject({ code: 1, stdout: expect.stringContaining('rolled_back') })
  await victim.run(
    `update events set body = replace(body, '@example.com', '@example.org') where tenant_id = :t and seq = 20`,
  )
  const checked = await runVerifier(victim, 'fsck')
  expect(checked).toMatchObject({ code: 1, stdout: expect.stringContaining('entry_mismatch') })
}, 60_000)
