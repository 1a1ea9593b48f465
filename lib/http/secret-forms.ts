/** The word before a token: `Splunk …`, `Bearer …`, `Basic …`; and what marks a signing secret. */
const SCHEME = /^(?:[A-Za-z]+ +|whsec_)/
const BASIC = /^basic +/i
/** Shorter ones are words of the language, such as `/in`, and no keys. */
const MIN_TARGET_LENGTH = 8
const MIN_SEGMENT_LENGTH = 16
/** Within base64 of something else, fewer characters also come by chance. */
const MIN_BASE64_LENGTH = 6
const MIN_PASSWORD_LENGTH = 4

/** Base64 of a text that stands anywhere within what was encoded: it begins at one of three places in a group. */
function base64Forms(text: string): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(text)])
    const first = Math.ceil((offset * 8) / 6)
    const last = Math.floor((bytes.length * 8) / 6)
    const forms = [bytes.toString('base64'), bytes.toString('base64url')]
    return forms.map((form) => form.slice(first, last)).filter(({ length }) => length >= MIN_BASE64_LENGTH)
  })
}

/** User name and password, which Basic authentication encodes together; the name alone is no secret. */
function passwordForms(secret: string): string[] {
  if (!BASIC.test(secret)) return []
  const pair = Buffer.from(secret.replace(BASIC, ''), 'base64').toString()
  const password = pair.slice(pair.indexOf(':') + 1)
  return password.length >= MIN_PASSWORD_LENGTH ? [pair, password] : []
}

/**
 * What tells a secret: whole, without the word before it, within base64, in a form with `+` for spaces. Those that are
 * longer than the text in question are left out, which for most answers are all.
 */
export function secretForms(secret: string, maxLength: number): string[] {
  const whole = [secret, secret.replace(SCHEME, ''), ...passwordForms(secret)]
  const texts = whole.filter(({ length }) => length > 0 && length <= maxLength)
  const inForms = texts.map((text) => text.replaceAll('+', '%2B').replaceAll(' ', '+'))
  return [...texts, ...inForms, ...texts.flatMap(base64Forms)]
}

/** Many receivers take their key in the URL's path or query, so those who may read an answer must not read these. */
export function targetForms(url: string): string[] {
  const { pathname, search, searchParams } = new URL(url)
  const targets = [pathname + search, search, ...searchParams.values()]
  const segments = pathname.split('/')
  return [
    ...targets.filter(({ length }) => length >= MIN_TARGET_LENGTH),
    ...segments.filter(({ length }) => length >= MIN_SEGMENT_LENGTH),
  ]
}
