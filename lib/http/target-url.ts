import { isIP } from 'node:net'
import { mayReach } from './address-guard'
import { OutgoingError } from './outgoing-error'

const WEB_PORTS = new Set(['', '80', '443'])
/** Below it live mail, shells and file shares, which an HTTP request must not be made to speak to. */
const FIRST_USER_PORT = 1024
const MAX_URL_LENGTH = 2048

function refuse(message: string): never {
  throw new OutgoingError('forbidden_target', message)
}

/** The address if the URL names one instead of a host. `hostname` is as WHATWG URL normalised it. */
function literalAddress(hostname: string): string | undefined {
  const bare = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname
  return isIP(bare) === 0 ? undefined : bare
}

/**
 * Checks where a request may go, before any name is looked up: http(s), no user and password in the URL, a port
 * for web servers, no private address in any spelling. Throws OutgoingError `forbidden_target`.
 */
export function parseTargetUrl(text: string): URL {
  if (text.length > MAX_URL_LENGTH) refuse(`The URL is longer than ${MAX_URL_LENGTH} characters.`)
  const url = URL.parse?.(text) ?? (URL.canParse(text) ? new URL(text) : undefined)
  if (!url) refuse('This is not a URL. It must be like https://logs.example.com/path.')
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    refuse('The URL must start with https:// or http://.')
  if (url.username !== '' || url.password !== '')
    refuse('The URL must not contain a user name or password. Use a header instead.')
  const address = literalAddress(url.hostname)
  if (address && !mayReach(address)) refuse(`${address} is not a public address. ${HOW_TO_ALLOW}`)
  if (!WEB_PORTS.has(url.port) && Number(url.port) < FIRST_USER_PORT)
    refuse(`The port must be 80, 443, or ${FIRST_USER_PORT} and above.`)
  return url
}

export const HOW_TO_ALLOW = 'The operator of Spoor can allow its network with SPOOR_ALLOW_NETWORKS.'
