import { appendAnchors } from './append-anchors'
import { type AskOptions, askPeers, type PeerCounts } from './ask-peers'

/** `entries` were appended to the anchor log. */
export type AnchorCounts = PeerCounts & { entries: number }

/** However many witnesses are slow, the anchor log has its turn in each of its ten minutes. */
const MAX_ASKING_MS = 300_000

/** Anchors whatever is due: in the anchor log, at the tenants' witnesses, at their time-stamp authorities. */
export async function anchorLogs(options: AskOptions): Promise<AnchorCounts> {
  const entries = await appendAnchors()
  return { entries, ...(await askPeers({ ...options, budgetMs: Math.min(options.budgetMs, MAX_ASKING_MS) })) }
}
