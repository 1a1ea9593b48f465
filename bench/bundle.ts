import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import type postgres from 'postgres'
import type { TenantScope } from '@/lib/access/scope'
import { scopeForSystem } from '@/lib/access/scope-for-system'
import { newEventId } from '@/lib/event/event-id'
import { evidenceBundle } from '@/lib/integrity/bundle/evidence-bundle'
import type { EvidenceSelection } from '@/lib/integrity/bundle/request'
import { policyText } from '@/lib/integrity/log/policy-text'
import { readKeys } from '@/lib/integrity/log/read-keys'
import { copyLine, openEventCopy } from '@/lib/trail/testing/copy-events'
import { buildVerifier } from '@/scripts/verify-build'
import { randomSource, sampleEvent } from './sample-events'

const SLUG = 'bench-bundle'
const WANTED_SECONDS = 60
const WANTED_MIB = 300
/** The limits are those of a bundle of so many events. */
const WANTED_EVENTS = 1_000_000
const CHUNK = 1_000
/** Prints what the process used (`resourceUsage`), after all that it has to say. */
const REPORT_USAGE =
  'data:text/javascript,process.on("exit",()=>console.error(JSON.stringify(process.resourceUsage())))'

/** A trail whose leaf hashes are those of its events, received a millisecond apart. Gives its tenant's id. */
export async function loadProvableTrail(client: postgres.Sql, events: number): Promise<string> {
  const id = newEventId(Date.now())
  await client`insert into tenants ${client({ id, slug: SLUG, name: SLUG, id_key: randomBytes(32) })}`
  const sink = await openEventCopy(client)
  const random = randomSource(11)
  const begin = Date.now() - events
  for (let start = 0; start < events; start += CHUNK) {
    const lines = Array.from({ length: Math.min(CHUNK, events - start) }, (_, k) => {
      const [i, at] = [start + k, begin + start + k]
      return copyLine(id, i, sampleEvent(random, { i, run: SLUG, at }), at, true)
    })
    if (!sink.write(lines.join(''))) await once(sink, 'drain')
  }
  sink.end()
  await once(sink, 'finish')
  await client`insert into trail_heads ${client({ tenant_id: id, next_seq: events })}`
  await client.unsafe('vacuum (analyze) events')
  return id
}

async function writeFile(scope: TenantScope, selection: EvidenceSelection, file: string): Promise<number> {
  let events = 0
  const { pieces } = await evidenceBundle(scope, { selection, since: [] })
  async function* texts() {
    for await (const piece of pieces) {
      events += piece.events
      yield piece.text
    }
  }
  await pipeline(Readable.from(texts()), createWriteStream(file))
  return events
}

/** Has the built file verify a bundle, as a process of its own: seconds by the clock and of CPU, and most memory. */
async function verifyFile(verifier: string, file: string, policy: string) {
  const start = performance.now()
  const args = ['--import', REPORT_USAGE, verifier, 'bundle', file, '--policy', policy]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  if (child.exitCode !== 0) throw new Error(`spoor-verify did not say yes to ${file}:\n${out}${err}`)
  const seconds = (performance.now() - start) / 1000
  const { maxRSS, userCPUTime, systemCPUTime } = JSON.parse(err)
  return { seconds, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, mebibytes: maxRSS / 1024 }
}

const say = (count: number) => Math.round(count).toLocaleString('en')

/**
 * Writes bundles of a sealed trail, complete and by a filter, into the folder, and has `spoor-verify` check them.
 */
export async function benchBundle(tenantId: string, dir: string): Promise<void> {
  const scope = await scopeForSystem(tenantId, 'CLI')
  const [verifier, policy] = [join(dir, 'spoor-verify.mjs'), join(dir, 'policy.txt')]
  await buildVerifier(verifier)
  writeFileSync(policy, policyText(await readKeys(scope)))
  const errors: EvidenceSelection = {
    kind: 'filter',
    filter: { level: { include: ['error'], exclude: [] } },
  }
  for (const selection of [{ kind: 'range' } as const, errors]) {
    const file = join(dir, `${selection.kind}.jsonl`)
    const start = performance.now()
    const written = await writeFile(scope, selection, file)
    const seconds = (performance.now() - start) / 1000
    const verified = await verifyFile(verifier, file, policy)
    const mebibytes = statSync(file).size / 2 ** 20
    console.log(
      `  bundle of ${say(written)} events by ${selection.kind} (${say(mebibytes)} MiB): written at ${say(written / seconds)} events/s; ` +
        `verified in ${verified.seconds.toFixed(1)} s (${verified.cpuSeconds.toFixed(1)} s of CPU) with ${say(verified.mebibytes)} MiB at most`,
    )
    if (selection.kind !== 'range') continue
    const allowed = (WANTED_SECONDS * written) / WANTED_EVENTS
    const isReached = verified.seconds <= Math.max(allowed, 1) && verified.mebibytes <= WANTED_MIB
    console.log(
      `  verification: wanted ${allowed.toFixed(0)} s in ${WANTED_MIB} MiB: ${isReached ? 'reached' : 'missed'}`,
    )
  }
}
