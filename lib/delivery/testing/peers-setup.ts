import type { TestProject } from 'vitest/node'
import { makePeersDir, PEER_NAMES, removeDeadPeersDirs, removePeersDir } from './peers-dir'
import { isPeerInstalled } from './run-peer'

/** Before a run: which peers are missing. After it: ends those that its tests started. */
export default async function setUpPeers(project: TestProject): Promise<() => Promise<void>> {
  await removeDeadPeersDirs()
  const installed = await Promise.all(PEER_NAMES.map(isPeerInstalled))
  const dir = makePeersDir()
  project.provide('peersDir', dir)
  project.provide(
    'missingPeers',
    PEER_NAMES.filter((_, i) => !installed[i]),
  )
  return () => removePeersDir(dir)
}
