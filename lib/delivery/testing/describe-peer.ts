import { beforeAll, describe, inject } from 'vitest'
import type { PeerName, Peers } from './peers'
import { PEER_START_TIMEOUT_MS, usePeer } from './run-peer'

/**
 * Tests against a receiver that others wrote, in a file named `*.peer.test.ts`. It is started when the first file
 * of a run wants it. Where it is not installed its tests are skipped, and `npm test` says so with its name.
 * `peer()` may be called within tests and hooks.
 */
export function describePeer<Name extends PeerName>(
  name: Name,
  defineTests: (peer: () => Peers[Name]) => void,
): void {
  let found: Peers[Name] | undefined
  const peer = () => {
    if (!found) throw new Error(`the peer ${name} is known within tests only`)
    return found
  }
  if (inject('missingPeers').includes(name)) {
    describe.skip(`the peer ${name} is not installed`, () => defineTests(peer))
    return
  }
  describe(`with the peer ${name}`, () => {
    beforeAll(async () => {
      found = await usePeer(name, inject('peersDir'))
    }, PEER_START_TIMEOUT_MS)
    defineTests(peer)
  })
}
