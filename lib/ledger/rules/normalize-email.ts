/** The longest address that mail servers take (RFC 5321), and what may stand around it. */
const MAX_LENGTH = 1024
const NAMED = /<([^<>]*)>\s*$/
const ADDRESS = /^[^\s@<>(),;:"]+@[^\s@<>(),;:"]+$/

/**
 * An e-mail address in lower case, without a name before it (`Ann <ann@x.example>`), `mailto:` and a dot behind it;
 * undefined for what is no address. Nothing is guessed: `ann+news@` stays another one than `ann@`.
 */
export function normalizeEmail(text: string): string | undefined {
  if (text.length > MAX_LENGTH) return undefined
  const named = NAMED.exec(text)?.[1] ?? text
  const bare = named
    .trim()
    .replace(/^mailto:/i, '')
    .replace(/\?.*$/s, '')
    .replace(/\.+$/, '')
  return ADDRESS.test(bare) ? bare.normalize('NFC').toLowerCase() : undefined
}
