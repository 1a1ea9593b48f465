import { randomInt } from 'node:crypto'
import { type Transaction, tenantTransaction } from '@/db/client'
import { readLog } from '@/lib/integrity/log/read-log'
import { readConsistency, readInclusion } from '@/lib/integrity/log/read-ranges'
import { quantile } from './statistics'

const WANTED_MS = 2
/** Until the driver's connections and PostgreSQL's buffers are warm; nothing of a proof is kept in Node. */
const WARM_UP = 50
const DEFAULT_PROOFS = 1000

type Prove = (tx: Transaction, index: number) => Promise<unknown>

type Times = { proof: number[]; request: number[] }

/**
 * Milliseconds of proofs one after the other: of the proof itself, tiles read and hashed, and of the whole
 * transaction in which a request makes it.
 */
async function measure(tenantId: string, size: number, proofs: number, prove: Prove): Promise<Times> {
  const times: Times = { proof: [], request: [] }
  for (let i = 0; i < WARM_UP + proofs; i++) {
    const index = randomInt(size)
    const begin = performance.now()
    const proof = await tenantTransaction(tenantId, async (tx) => {
      const start = performance.now()
      await prove(tx, index)
      return performance.now() - start
    })
    if (i < WARM_UP) continue
    times.proof.push(proof)
    times.request.push(performance.now() - begin)
  }
  return times
}

const say = (times: readonly number[]) =>
  `p50 ${quantile(times, 0.5).toFixed(2)} ms, p95 ${quantile(times, 0.95).toFixed(2)} ms`

/** Inclusion and consistency proofs at random places of a tenant's sealed log, straight from its tiles. */
export async function benchProofs(tenantId: string, proofs = DEFAULT_PROOFS): Promise<void> {
  const size = (await tenantTransaction(tenantId, (tx) => readLog(tx, tenantId)))?.size ?? 0
  if (size === 0) throw new Error('This tenant has nothing sealed to prove.')
  const kinds: Record<string, Prove> = {
    inclusion: (tx, index) => readInclusion(tx, tenantId, index, size),
    consistency: (tx, index) => readConsistency(tx, tenantId, index + 1, size),
  }
  for (const [name, prove] of Object.entries(kinds)) {
    const { proof, request } = await measure(tenantId, size, proofs, prove)
    const verdict = quantile(proof, 0.5) <= WANTED_MS ? 'reached' : 'missed'
    console.log(
      `  ${name} proofs of ${size.toLocaleString('en')} events from tiles, nothing cached: ${say(proof)}, ` +
        `wanted p50 ${WANTED_MS} ms: ${verdict}; with its transaction ${say(request)}`,
    )
  }
}
