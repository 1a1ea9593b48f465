import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import type { Client } from '@/lib/access/scope'
import { reportWarning } from '@/lib/errors/report-warning'
import { isPublicAddress } from './address-guard'
import { checkNetworkSettings, isInNetworks } from './network-settings'

/** Stamped by us on every request that a server of this process receives; what a client sends is overwritten. */
const PEER_HEADER = 'x-spoor-peer'
/** More hops than any deployment has; what lies beyond was written by the client. */
const MAX_FORWARDED_HOPS = 20
const MAX_USER_AGENT = 1024

const store = globalThis as unknown as { spoorStampsPeers?: boolean; spoorToldOfProxy?: boolean }

/**
 * Makes every HTTP server of this process stamp the socket's address on its requests. Call it before listening.
 * Throws if a setting that holds networks has a typo.
 */
export function stampPeerAddresses(): void {
  checkNetworkSettings()
  if (store.spoorStampsPeers) return
  store.spoorStampsPeers = true
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage }
    const address = request.socket.remoteAddress ?? ''
    if (!store.spoorToldOfProxy) tellOfProxy(request, address)
    request.headers[PEER_HEADER] = address
    replaceRawHeader(request.rawHeaders, address)
  })
}

/** `rawHeaders` is what web-standard adapters read: pairs of name and value. */
function replaceRawHeader(raw: string[], address: string): void {
  for (let i = raw.length - 2; i >= 0; i -= 2) if (raw[i]?.toLowerCase() === PEER_HEADER) raw.splice(i, 2)
  raw.push(PEER_HEADER, address)
}

/** Without a proxy's address among the trusted ones, all its clients share one address and one limit. */
function tellOfProxy({ headers }: IncomingMessage, address: string): void {
  // With our stamp it is Next, which asks itself where an action redirects to, in the name of the client.
  if (headers['x-forwarded-for'] === undefined || headers[PEER_HEADER] !== undefined) return
  const peer = plainAddress(address)
  if (isIP(peer) === 0 || isPublicAddress(peer) || isTrustedProxy(peer)) return
  store.spoorToldOfProxy = true
  reportWarning(
    `A request from ${peer} has x-forwarded-for, which is not believed. If ${peer} is your reverse proxy, ` +
      'set SPOOR_TRUSTED_PROXIES to it: until then all people behind it count as one address, in limits too.',
  )
}

const isTrustedProxy = (address: string) => isInNetworks('SPOOR_TRUSTED_PROXIES', address)

/** IPv4 without its IPv6 form, and no zone, which means something on this machine only. */
const plainAddress = (address: string) =>
  address
    .trim()
    .replace(/^::ffff:(?=\d+\.)/, '')
    .replace(/%.*$/, '')

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
