import { OutgoingError } from './outgoing-error'
import { checkHostname, checkServicePort } from './target-host'

const MAX_URL_LENGTH = 2048

function refuse(message: string): never {
  throw new OutgoingError('forbidden_target', message)
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
  checkHostname(url.hostname)
  if (url.port !== '') checkServicePort('http', Number(url.port))
  return url
}
