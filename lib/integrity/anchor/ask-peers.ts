import { database } from '@/db/client'
import { newReference, reportError } from '@/lib/errors/report-error'
import { guardedRequest, type SendRequest } from '@/lib/http/guarded-request'
import { OutgoingError } from '@/lib/http/outgoing-error'
import { readConsistency } from '@/lib/integrity/log/read-ranges'
import { askTimestamp } from './ask-timestamp'
import { askWitness } from './ask-witness'
import { type DuePeer, takeDuePeers } from './due-peers'
import { PeerError } from './peer-error'
import { settleAnchored, settleFailed } from './settle-peer'

export type AskOptions = {
  /** No further peer is asked after so long; those that are being asked may take 30 s more. */
  budgetMs: number
  /** Ends it at once: who is cut off is asked again a minute later. */
  signal?: AbortSignal
  request?: SendRequest
}

/** `anchored` peers confirmed a checkpoint, `failed` ones did not. */
export type PeerCounts = { anchored: number; failed: number }

async function ask(peer: DuePeer, signal: AbortSignal, request: SendRequest): Promise<void> {
  const { tenantId, kind, url, vkey, knownSize, head } = peer
  const common = { url, note: head.note, owner: `${tenantId} ${kind}`, signal }
  if (kind === 'rfc3161') {
    const { response, time } = await askTimestamp(common, request)
    const data = { kind, response: response.toString('base64'), time } as const
    return settleAnchored(peer, new URL(url).host, data)
  }
  if (vkey === null) throw new Error(`The witness of ${tenantId} has no verifier key.`)
  const prove = (from: number) =>
    database('anchor').transaction((tx) => readConsistency(tx, tenantId, from, head.size))
  const lines = await askWitness({ ...common, vkey, knownSize, size: head.size, prove }, request)
  return settleAnchored(peer, vkey.slice(0, vkey.indexOf('+')), { kind, vkey, lines })
}

async function askOne(peer: DuePeer, signal: AbortSignal, request: SendRequest): Promise<keyof PeerCounts> {
  try {
    await ask(peer, signal, request)
    return 'anchored'
  } catch (error) {
    const isExpected = error instanceof PeerError || error instanceof OutgoingError
    if (!isExpected) reportError(error, newReference())
    // Stopped by us: it is due again when its lease ends.
    if (!signal.aborted)
      await settleFailed(peer, isExpected ? error.message : 'Spoor failed; its log says why.', Math.random())
    return 'failed'
  }
}

/**
 * Asks each witness and time-stamp authority that is due for the latest checkpoint of its tenant's log. Any number of
 * processes may do it at once. What fails is put down in words with the peer, tried again later, and holds nothing up.
 */
export async function askPeers({
  budgetMs,
  signal = new AbortController().signal,
  request = guardedRequest,
}: AskOptions): Promise<PeerCounts> {
  const deadline = performance.now() + budgetMs
  const counts: PeerCounts = { anchored: 0, failed: 0 }
  while (performance.now() < deadline && !signal.aborted) {
    const peers = await takeDuePeers()
    if (peers.length === 0) break
    const outcomes = await Promise.all(peers.map((peer) => askOne(peer, signal, request)))
    for (const outcome of outcomes) counts[outcome]++
  }
  return counts
}
