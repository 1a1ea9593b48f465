export const MIN_SLUG_LENGTH = 3
/** A label in a host name may have 63 characters; 40 leave room and stay readable. */
export const MAX_SLUG_LENGTH = 40

const SHAPE = /^[a-z0-9]+(-[a-z0-9]+)*$/

/** First parts of our own addresses, today's and likely ones, and names that would mislead. */
const RESERVED = new Set(
  `about account accounts admin api app apps assets auth billing blog catalog channels collection console contact
   cron dashboard docs download events export favicon forwarding health help home images instance integrity
   invitation invite ledger legal log login logout logs me metrics new null operator password plans pricing privacy
   public register robots search security services session sessions settings setup sign-in sign-ins sign-out
   sign-up signin signout signup sitemap spoor static status support system team tenant tenants terms token tokens
   trail undefined user users verify webhook webhooks well-known www`.split(/\s+/),
)

/** What is wrong with a workspace's address, as a sentence; undefined when nothing is. */
export function checkSlug(slug: string): string | undefined {
  if (slug.length < MIN_SLUG_LENGTH || slug.length > MAX_SLUG_LENGTH) {
    return `Choose ${MIN_SLUG_LENGTH} to ${MAX_SLUG_LENGTH} characters for the address.`
  }
  if (!SHAPE.test(slug)) return 'Use lower-case letters, digits and single hyphens between them.'
  if (RESERVED.has(slug)) return `"${slug}" is reserved. Choose another address.`
  return undefined
}

/** An address made from a workspace's name: "Ærø Café GmbH" gives `aeroe-cafe-gmbh`; empty if nothing is left. */
export function suggestSlug(name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[äæ]/g, 'ae')
    .replace(/[öøœ]/g, 'oe')
    .replace(/ü/g, 'ue')
    .replace(/ß/g, 'ss')
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_SLUG_LENGTH)
    .replace(/^-+|-+$/g, '')
  if (!slug) return ''
  return checkSlug(slug) ? `${slug}-workspace`.slice(0, MAX_SLUG_LENGTH) : slug
}
