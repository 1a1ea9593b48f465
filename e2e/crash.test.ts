import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { instancePaths } from '@/scripts/instance'
import { findFreePort } from './fixtures/free-port'
import { createTenant, type Tenant } from './fixtures/operator'
import { makeDataDir, type SpoorServer, startSpoorServer } from './fixtures/spoor-server'
import { expect, test } from './fixtures/test'

const WRITERS = 40
const TENANTS = 5
const KILLS = 10
/** Between two kills: some hundred flushes, and one in the middle of whatever comes. */
const RUN_MS = 700
const SHARE_OF_DUPLICATES = 0.6

const readDatabasePid = (dataDir: string) =>
  Number(readFileSync(join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0])

type Acknowledged = { tenant: Tenant; ref: string; id: string; seq: number }

test('kill -9 ten times under forty writers: what was acknowledged is there once, and seq has no gap', async () => {
  test.setTimeout(240_000)
  const dataDir = makeDataDir()
  const port = await findFreePort()
  let server: SpoorServer = await startSpoorServer({ dataDir: dataDir.path, port })
  const tenants: Tenant[] = []
  for (let i = 0; i < TENANTS; i++) tenants.push(await createTenant(dataDir.path, `crash-${i}`))

  const acknowledged: Acknowledged[] = []
  const gapsSeen: string[] = []
  let running = true
  const used = new Map<string, number>(tenants.map(({ slug }) => [slug, 0]))

  const nextRef = (tenant: Tenant): string => {
    const top = used.get(tenant.slug) ?? 0
    if (top > 0 && Math.random() < SHARE_OF_DUPLICATES) return `ref-${Math.floor(Math.random() * top)}`
    used.set(tenant.slug, top + 1)
    return `ref-${top}`
  }
  const write = async (tenant: Tenant) => {
    while (running) {
      const refs = Array.from({ length: 1 + Math.floor(Math.random() * 4) }, () => nextRef(tenant))
      const events = refs.map((externalRef) => ({
        type: 'crash',
        action: 'tried',
        dataSource: 'writers',
        externalRef,
      }))
      const answer = await fetch(`http://127.0.0.1:${port}/api/v1/events`, {
        method: 'POST',
        headers: { authorization: `Bearer ${tenant.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ events }),
      })
        .then(async (response) => (response.status < 300 ? await response.json() : undefined))
        .catch(() => undefined)
      if (answer === undefined) await sleep(20)
      else
        for (const [i, { id, seq }] of answer.results.entries())
          acknowledged.push({ tenant, ref: refs[i] as string, id, seq })
    }
  }
  const read = async (tenant: Tenant) => {
    while (running) {
      const response = await fetch(`http://127.0.0.1:${port}/api/v1/events?limit=1000`, {
        headers: { authorization: `Bearer ${tenant.token}` },
      }).catch(() => undefined)
      const page = response?.ok ? await response.json().catch(() => undefined) : undefined
      const seqs: number[] = (page?.events ?? []).map(({ seq }: { seq: number }) => seq)
      if (seqs.some((seq, i) => i > 0 && seq !== (seqs[i - 1] as number) - 1))
        gapsSeen.push(`${tenant.slug}: ${seqs}`)
      await sleep(30)
    }
  }
  const work = [
    ...Array.from({ length: WRITERS }, (_, i) => write(tenants[i % TENANTS] as Tenant)),
    ...tenants.map(read),
  ]

  for (let kill = 0; kill < KILLS; kill++) {
    await sleep(RUN_MS)
    // Every second time the database dies with it, in the middle of its commits.
    if (kill % 2 === 1) process.kill(readDatabasePid(dataDir.path), 'SIGKILL')
    await server.end('SIGKILL')
    server = await startSpoorServer({ dataDir: dataDir.path, port })
  }
  await sleep(RUN_MS)
  running = false
  await Promise.all(work)

  const { databaseUrl } = JSON.parse(readFileSync(instancePaths(dataDir.path).record, 'utf8'))
  const client = postgres(databaseUrl, { max: 1 })
  expect(gapsSeen).toEqual([])
  expect(acknowledged.length).toBeGreaterThan(1000)
  for (const { slug } of tenants) {
    const rows = await client`select seq::int, e.id, body::json->>'externalRef' as ref from events e
      join tenants t on t.id = e.tenant_id where t.slug = ${slug} order by seq`
    expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, i) => i))
    const refs = rows.map(({ ref }) => ref).filter((ref) => ref !== null)
    expect(new Set(refs).size).toBe(refs.length)
    const bySeq = new Map(rows.map(({ seq, id, ref }) => [seq, `${id} ${ref}`]))
    const missing = acknowledged.filter(
      ({ tenant, seq, id, ref }) => tenant.slug === slug && bySeq.get(seq) !== `${id} ${ref}`,
    )
    expect(missing).toEqual([])
  }
  await client.end()
  await server.end('SIGTERM')
  dataDir.remove()
})
