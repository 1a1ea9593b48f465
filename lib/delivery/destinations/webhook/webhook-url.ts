import { isIP } from 'node:net'
import { env } from '@/env'
import { complaintAboutUrl } from '@/lib/delivery/destinations/http/target-field'
import { isInNetworks } from '@/lib/http/network-settings'

const DISCORD_HOST = /(^|\.)(discord|discordapp)\.com$/
const DISCORD_PATH = /^\/api(\/v\d+)?\/webhooks\/\d+\/[^/]+$/
/** Words of the language in such URLs; what else is in a path may be the key. */
const KNOWN_WORDS = new Set(['services', 'webhooks', 'incoming', 'plugins'])
/** Shorter parts, such as `hooks`, are no keys. */
const MIN_KEY_LENGTH = 8

export const isDiscord = (url: string) => DISCORD_HOST.test(new URL(url).hostname)

/**
 * Who reads the request on its way has the key, which is in the URL. Within a network that the operator allowed that
 * is the operator's business; which network a name leads to shows only when it is looked up.
 */
function mayGoPlain(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, '')
  return isIP(bare) ? isInNetworks('SPOOR_ALLOW_NETWORKS', bare) : env.allowedNetworks().length > 0
}

/** Why messages must not or can't go to this URL, for people; undefined if they may. */
export function complaintAboutWebhook(text: string): string | undefined {
  const complaint = complaintAboutUrl(text)
  if (complaint) return complaint
  const { protocol, hostname, pathname } = new URL(text)
  if (protocol !== 'https:' && !mayGoPlain(hostname))
    return 'The URL must start with https://, because whoever reads it on the way could post to the channel.'
  if (hostname === 'hooks.slack.com' && /^\/(workflows|triggers)\//.test(pathname))
    return 'This URL starts a workflow, which takes no messages. Make an incoming webhook, https://hooks.slack.com/services/….'
  if (DISCORD_HOST.test(hostname) && /\/github\/?$/.test(pathname))
    return 'This is Discord’s URL for GitHub. End it in /slack instead of /github.'
  return undefined
}

/** The URL to post to: Discord understands the messages at `/slack` only. */
export function toWebhookUrl(text: string): string {
  const url = new URL(text)
  const path = url.pathname.replace(/\/+$/, '')
  if (isDiscord(text) && DISCORD_PATH.test(path)) url.pathname = `${path}/slack`
  return url.href
}

/** The URL with each part of it that may be the key, so that no answer can bring one of them back. */
export function secretsOfUrl(url: string): Record<string, string> {
  const { pathname, search, searchParams } = new URL(url)
  const parts = pathname.split('/').map((part) => decode(part))
  const keys = parts.filter((part) => part.length >= MIN_KEY_LENGTH && !KNOWN_WORDS.has(part))
  const texts = [pathname + search, pathname.slice(1), ...keys, ...searchParams.values()].filter(
    ({ length }) => length >= MIN_KEY_LENGTH,
  )
  return Object.fromEntries(texts.map((text, i) => [`url ${i}`, text]))
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
