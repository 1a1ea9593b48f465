import { isIP } from 'node:net'
import { mayReach } from './address-guard'
import { OutgoingError } from './outgoing-error'

export const HOW_TO_ALLOW = 'The operator of Spoor can allow its network with SPOOR_ALLOW_NETWORKS.'

/** Below it live mail, shells and file shares; each service may use those that are its own. */
const FIRST_USER_PORT = 1024
/** The numbers that IANA registered, and those that servers use all the same. */
const SERVICE_PORTS = {
  http: [80, 443],
  smtp: [25, 465, 587],
  syslog: [514, 601],
} as const
export type Service = keyof typeof SERVICE_PORTS

const LOOPBACK_ADDRESSES = ['127.0.0.1', '::1']
/** Signs by which a URL would take part of a host for something else, and those that it drops silently. */
const NOT_IN_A_HOST = /[\s\p{Cc}/\\?#@]/u
const MAX_HOST_LENGTH = 253
/** Names of hosts as DNS has them (RFC 1123), with the underscore that many networks use. */
const NAME = /^[a-z0-9_]([a-z0-9_-]{0,62})(\.[a-z0-9_]([a-z0-9_-]{0,62}))*\.?$/

function refuse(message: string): never {
  throw new OutgoingError('forbidden_target', message)
}

/** Whether a service may be looked for at a port: one of its own, or any that needs no privileges. */
export function isServicePort(service: Service, port: number): boolean {
  const own: readonly number[] = SERVICE_PORTS[service]
  return own.includes(port) || (port >= FIRST_USER_PORT && port <= 65_535)
}

/** Throws OutgoingError `forbidden_target` if a service has nothing to do with a port. */
export function checkServicePort(service: Service, port: number): void {
  if (isServicePort(service, port)) return
  const own = SERVICE_PORTS[service].join(', ')
  refuse(`The port must be ${own}, or ${FIRST_USER_PORT} and above.`)
}

/**
 * Refuses a host, as WHATWG URL normalised it, that is a forbidden address or a name of this machine by definition
 * (RFC 6761, section 6.3). What other names lead to shows only when they are looked up.
 */
export function checkHostname(hostname: string): void {
  const bare = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname
  const isForbidden = isIP(bare)
    ? !mayReach(bare)
    : /(^|\.)localhost\.?$/.test(bare) && !LOOPBACK_ADDRESSES.some(mayReach)
  if (isForbidden) refuse(`${bare} is not a public address. ${HOW_TO_ALLOW}`)
}

/**
 * The host that a text names, whatever its spelling: a lower-case ASCII name, or an address without brackets.
 * Throws OutgoingError `forbidden_target` if it is none, or a forbidden address.
 */
export function parseTargetHost(text: string): string {
  const host = text.trim()
  const isBare = isIP(host) === 6
  if (!isBare && (NOT_IN_A_HOST.test(host) || (host.includes(':') && !/^\[[^\]]*\]$/.test(host))))
    refuse('This is not a host. It must be like logs.example.com, without a scheme, a port or a path.')
  const url = `http://${isBare ? `[${host}]` : host}/`
  if (host.length > MAX_HOST_LENGTH || !URL.canParse(url))
    refuse('This is not a host. It must be like logs.example.com or an IP address.')
  const { hostname } = new URL(url)
  checkHostname(hostname)
  if (hostname.startsWith('[')) return hostname.slice(1, -1)
  if (!NAME.test(hostname)) refuse('This is not a host. It must be like logs.example.com or an IP address.')
  return hostname.replace(/\.$/, '')
}
