import { Resolver as DnsResolver, type LookupAddress, lookup } from 'node:dns'

/** Asks for all addresses of a name. */
export type Resolver = (hostname: string, done: (error: Error | null, found: LookupAddress[]) => void) => void

/** One second, then two: a connection is given up after five, and the answer must leave some of them. */
const QUERY = { timeout: 1_000, tries: 2 }
/** The name server said nothing, or that it can't: asking the system would ask it again, and hold a thread meanwhile. */
const NO_ANSWER = new Set(['ETIMEOUT', 'ESERVFAIL', 'ECANCELLED'])

type Answer = { error: NodeJS.ErrnoException | null; addresses: string[] }

/**
 * Asks the name servers that the system uses, without its threads: `dns.lookup` holds one of four for as long as a
 * dead name server is silent, and a few such names would keep everybody else's from being found. Only what the name
 * servers don't know is asked of the system, which also reads its file of hosts.
 */
export function createResolver(servers?: readonly string[]): Resolver {
  let dns: DnsResolver | undefined
  return (hostname, done) => {
    const system = () =>
      lookup(hostname, { all: true }, (error, found) => done(error, error ? [] : (found ?? [])))
    // A name without a dot is one of this machine or its network.
    if (!hostname.includes('.')) return system()
    dns ??= openDns(servers)
    const asked = dns
    const ask = (way: 'resolve4' | 'resolve6') =>
      new Promise<Answer>((answered) =>
        asked[way](hostname, (error, addresses) => answered({ error, addresses: error ? [] : addresses })),
      )
    void Promise.all([ask('resolve4'), ask('resolve6')]).then(([four, six]) => {
      const found = [
        ...four.addresses.map((address) => ({ address, family: 4 })),
        ...six.addresses.map((address) => ({ address, family: 6 })),
      ]
      if (found.length > 0) return done(null, found)
      const silent = [four, six].find(({ error }) => NO_ANSWER.has(error?.code ?? ''))
      return silent?.error ? done(silent.error, []) : system()
    })
  }
}

function openDns(servers: readonly string[] | undefined): DnsResolver {
  const dns = new DnsResolver(QUERY)
  if (servers) dns.setServers(servers)
  return dns
}

export const systemResolver = createResolver()
