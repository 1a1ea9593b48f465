import * as http from 'node:http'
import * as https from 'node:https'
import type { LookupFunction, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { mayReach } from './address-guard'
import { OutgoingError } from './outgoing-error'
import { type Resolver, systemResolver } from './system-resolver'
import { HOW_TO_ALLOW } from './target-host'

/** Below the 5 s after which Node's servers close a silent connection, so that we close first. */
const IDLE_SOCKET_MS = 4_000
/** One stream sends one request at a time; a second socket serves the TEST button meanwhile. */
const MAX_SOCKETS = 4
/** Owners whose agents are kept; without sockets each costs some KiB, and a thousand may be busy at once. */
const MAX_POOLS = 4_096

function forbidden(hostname: string, address: string): OutgoingError {
  const message = `${hostname} leads to ${address}, which is not a public address. ${HOW_TO_ALLOW}`
  return new OutgoingError('forbidden_target', message)
}

/** Answers only if every address of the name may be reached: a name with one private address is an attack. */
export function guardedLookup(resolve: Resolver): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, (error, found) => {
      const [first] = found
      const bad = found.find(({ address }) => !mayReach(address))
      if (error) return callback(error, '', 4)
      if (bad) return callback(forbidden(hostname, bad.address), '', 4)
      if (!first) return callback(Object.assign(new Error('no address'), { code: 'ENODATA' }), '', 4)
      if (options.all) return callback(null, found)
      return callback(null, first.address, first.family)
    })
  }
}

/** The last line: whatever was asked and answered, the other end of the socket decides. */
export function guardSocket<T extends Duplex | null | undefined>(made: T, hostname: string): T {
  const socket = made as unknown as Socket | undefined
  socket?.once('connect', () => {
    const address = socket.remoteAddress ?? ''
    if (!mayReach(address)) socket.destroy(forbidden(hostname, address || 'an unknown address'))
  })
  return made
}

class GuardedHttpAgent extends http.Agent {
  override createConnection(...args: Parameters<http.Agent['createConnection']>) {
    return guardSocket(super.createConnection(...args), String(args[0].host))
  }
}

class GuardedHttpsAgent extends https.Agent {
  override createConnection(...args: Parameters<https.Agent['createConnection']>) {
    return guardSocket(super.createConnection(...args), String(args[0].host))
  }
}

type Agents = { http: http.Agent; https: https.Agent }
const pools = new Map<string, Agents>()

function isIdle({ http, https }: Agents): boolean {
  return [http, https].every((agent) => Object.keys(agent.sockets).length === 0)
}

function dropIdlePools(): void {
  for (const [key, agents] of pools) {
    if (pools.size < MAX_POOLS) return
    if (!isIdle(agents)) continue
    agents.http.destroy()
    agents.https.destroy()
    pools.delete(key)
  }
}

/**
 * Connections that only `owner` (a tenant's destination) uses, kept alive between its requests. Those that trust
 * authorities of their own (`ca`, PEM) are kept apart: a connection was verified once, when it was made.
 */
export function agentFor(
  owner: string,
  protocol: string,
  resolve: Resolver = systemResolver,
  ca?: string,
): http.Agent {
  const key = ca === undefined ? owner : `${owner}\n${ca}`
  let agents = pools.get(key)
  pools.delete(key)
  if (!agents) {
    dropIdlePools()
    const options = {
      keepAlive: true,
      maxSockets: MAX_SOCKETS,
      timeout: IDLE_SOCKET_MS,
      lookup: guardedLookup(resolve),
    }
    agents = {
      http: new GuardedHttpAgent(options),
      https: new GuardedHttpsAgent({
        ...options,
        minVersion: 'TLSv1.2',
        rejectUnauthorized: true,
        ...(ca !== undefined && { ca }),
      }),
    }
  }
  pools.set(key, agents)
  return protocol === 'https:' ? agents.https : agents.http
}
