/** Controls, zero-width spaces, and signs that turn the reading direction; not those that join letters and emoji. */
const INVISIBLE = /(?![\t\n])[\p{Cc}\p{Zl}\p{Zp}\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu

/**
 * The text with a code in the place of each sign that nobody would see, so that no value of an event can pass for
 * another one by such signs.
 */
export function visibleText(text: string): string {
  return text.replaceAll(INVISIBLE, (sign) => `‹U+${codeOf(sign).toUpperCase()}›`)
}

/** The same for a JSON text, which stays the same JSON: its own escapes stand for such signs. */
export function visibleJson(json: string): string {
  return json.replaceAll(INVISIBLE, (sign) => `\\u${codeOf(sign)}`)
}

const codeOf = (sign: string) => sign.charCodeAt(0).toString(16).padStart(4, '0')
