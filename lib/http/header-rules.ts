/** RFC 9110 token. */
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}$/
/** Visible ASCII, with spaces and tabs inside: RFC 9110 without the obsolete bytes. */
const VALUE = /^[\x21-\x7e](?:[\x20-\x7e\t]{0,8190}[\x21-\x7e])?$/

/** Names that steer the connection, the framing or the signature, which are ours to set. */
const OWN_NAMES = new Set([
  'host',
  'content-length',
  'content-type',
  'content-encoding',
  // In a compressed answer nobody could find a key that it repeats.
  'accept-encoding',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'upgrade',
  'te',
  'trailer',
  'expect',
  'user-agent',
  'idempotency-key',
])
const OWN_PREFIXES = ['proxy-', 'webhook-', 'spoor-']

/** Whether a tenant may choose this request header. */
export function isTenantHeaderName(name: string): boolean {
  const lower = name.toLowerCase()
  return NAME.test(name) && !OWN_NAMES.has(lower) && !OWN_PREFIXES.some((prefix) => lower.startsWith(prefix))
}

/** Whether a text can be a header's value: no line break, no NUL, nothing that a receiver might read in two ways. */
export function isHeaderValue(value: string): boolean {
  return VALUE.test(value)
}
