import { createReadStream, existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { closeDatabase } from '@/db/client'
import { replaceFile } from '@/db/replace-file'
import { scopeForSystem } from '@/lib/access/scope-for-system'
import { AppError } from '@/lib/errors/app-error'
import { cloudTrailEvent } from '@/lib/samples/cloudtrail-event'
import { createToken } from '@/lib/tokens/create'
import { attachInstance, type Instance } from './instance'

const USAGE = 'Usage: npm run sample -- <file of AWS CloudTrail records, one a line> --tenant <slug>'
/** A request of JSON takes a thousand events; these carry their whole record. */
const EVENTS_PER_REQUEST = 200
/** Long enough to try things out, too short to be forgotten somewhere. */
const TOKEN_DAYS = 1
const DAY_MS = 86_400_000

type Counts = { accepted: number; duplicates: number; rejected: number }

const sampleTokenFile = (dataDir: string, tenant: string) =>
  join(dataDir, 'secrets', `sample-token-${tenant}`)

/** A token that only writes, kept beside the instance's secrets: a second run adds no event of another token. */
async function sampleToken(dataDir: string, tenant: string): Promise<string> {
  const file = sampleTokenFile(dataDir, tenant)
  if (existsSync(file)) {
    const kept: { secret: string; expiresAt: string } = JSON.parse(readFileSync(file, 'utf8'))
    if (new Date(kept.expiresAt).getTime() > Date.now()) return kept.secret
  }
  const scope = await scopeForSystem(tenant, 'CLI')
  const expiresAt = new Date(Date.now() + TOKEN_DAYS * DAY_MS)
  const { secret } = await createToken(scope, { name: 'sample data', scopes: ['events:write'], expiresAt })
  replaceFile(file, JSON.stringify({ secret, expiresAt }))
  return secret
}

async function readEvents(file: string): Promise<unknown[]> {
  const events: unknown[] = []
  let line = 0
  for await (const text of createInterface({ input: createReadStream(file) })) {
    line++
    if (text.trim() === '') continue
    try {
      events.push(cloudTrailEvent(JSON.parse(text)))
    } catch (error) {
      throw new AppError('invalid', `${file}, line ${line}: ${(error as Error).message}`)
    }
  }
  return events
}

async function send(url: string, token: string, events: unknown[]): Promise<Counts> {
  const response = await fetch(`${url}/api/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ events }),
  })
  const answer = await response.json()
  if (response.status === 401)
    throw new AppError('unauthenticated', 'The kept token of an earlier run was revoked.')
  if (!('accepted' in answer))
    throw new AppError('invalid', `The server answered ${response.status}: ${answer.detail}`)
  return answer
}

async function loadSample(file: string, tenant: string, { dataDir, url }: Instance): Promise<Counts> {
  if (!url)
    throw new AppError('unavailable', 'No server runs on this data directory. Start it with "npm start".')
  const events = await readEvents(file)
  const total = { accepted: 0, duplicates: 0, rejected: 0 }
  for (let start = 0; start < events.length; start += EVENTS_PER_REQUEST) {
    const batch = events.slice(start, start + EVENTS_PER_REQUEST)
    const counts = await send(url, await sampleToken(dataDir, tenant), batch).catch(async (error) => {
      if (!(error instanceof AppError) || error.code !== 'unauthenticated') throw error
      rmSync(sampleTokenFile(dataDir, tenant), { force: true })
      return send(url, await sampleToken(dataDir, tenant), batch)
    })
    total.accepted += counts.accepted
    total.duplicates += counts.duplicates
    total.rejected += counts.rejected
  }
  return total
}

const { positionals, values } = parseArgs({ allowPositionals: true, options: { tenant: { type: 'string' } } })
const [file] = positionals
try {
  if (!file || !values.tenant) throw new AppError('invalid', USAGE)
  const counts = await loadSample(file, values.tenant, attachInstance())
  console.log(
    `${counts.accepted} events added, ${counts.duplicates} known already, ${counts.rejected} rejected.`,
  )
  process.exitCode = counts.rejected > 0 ? 1 : 0
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = error instanceof AppError && error.message === USAGE ? 2 : 1
} finally {
  await closeDatabase()
}
