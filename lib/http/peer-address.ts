import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'
import { env } from '@/env'
import type { Client } from '@/lib/access/scope'

/** Stamped by us on every request that a server of this process receives; what a client sends is overwritten. */
const PEER_HEADER = 'x-spoor-peer'
/** More hops than any deployment has; what lies beyond was written by the client. */
const MAX_FORWARDED_HOPS = 20
const MAX_USER_AGENT = 1024

const store = globalThis as unknown as { spoorStampsPeers?: boolean }

/** Makes every HTTP server of this process stamp the socket's address on its requests. Call it before listening. */
export function stampPeerAddresses(): void {
  if (store.spoorStampsPeers) return
  store.spoorStampsPeers = true
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage }
    const address = request.socket.remoteAddress ?? ''
    request.headers[PEER_HEADER] = address
    replaceRawHeader(request.rawHeaders, address)
  })
}

/** `rawHeaders` is what web-standard adapters read: pairs of name and value. */
function replaceRawHeader(raw: string[], address: string): void {
  for (let i = raw.length - 2; i >= 0; i -= 2) if (raw[i]?.toLowerCase() === PEER_HEADER) raw.splice(i, 2)
  raw.push(PEER_HEADER, address)
}

let proxies: { setting: string; list: BlockList } | undefined

function isTrustedProxy(address: string): boolean {
  const setting = env.trustedProxies().join(' ')
  if (proxies?.setting !== setting) proxies = { setting, list: toBlockList(env.trustedProxies()) }
  return isIP(address) !== 0 && proxies.list.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6')
}

function toBlockList(networks: string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', bits] = network.split('/')
    const family = isIP(address) === 4 ? 'ipv4' : 'ipv6'
    if (isIP(address) === 0)
      throw new Error(`SPOOR_TRUSTED_PROXIES: "${network}" is neither an address nor a CIDR.`)
    list.addSubnet(address, bits === undefined ? (family === 'ipv4' ? 32 : 128) : Number(bits), family)
  }
  return list
}

const plainAddress = (address: string) => address.trim().replace(/^::ffff:(?=\d+\.)/, '')

/**
 * The client of a request: the socket's address, or, behind trusted proxies (SPOOR_TRUSTED_PROXIES), the
 * last address of `x-forwarded-for` that is not one of them. Without the stamp the address stays unknown.
 */
export function clientOf(headers: Headers): Client {
  const peer = plainAddress(headers.get(PEER_HEADER) ?? '')
  const forwarded = headers.get('x-forwarded-for')
  const ip = forwarded ? originOf(peer, forwarded) : peer
  const userAgent = headers.get('user-agent')?.slice(0, MAX_USER_AGENT)
  return { ...(isIP(ip) !== 0 && { ip }), ...(userAgent && { userAgent }) }
}

/** Walks back through the hops for as long as a trusted proxy names the one before it. */
function originOf(peer: string, forwarded: string): string {
  const hops = forwarded.split(',').slice(-MAX_FORWARDED_HOPS)
  let ip = peer
  while (hops.length > 0 && isTrustedProxy(ip)) {
    const next = plainAddress(hops.pop() ?? '')
    if (isIP(next) === 0) break
    ip = next
  }
  return ip
}
