const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*|true|false|null|[{}[\],:]/g
/** A JavaScript number keeps that many digits. */
const MAX_DIGITS = 15
/** Deeper JSON is no record that people read, and would exhaust the stack of whoever walks it. */
const MAX_DEPTH = 100

const tokensOf = (json: string): string[] => json.match(TOKENS) ?? []

function isTooDeep(tokens: string[]): boolean {
  let depth = 0
  return tokens.some((token) => {
    if (token === '{' || token === '[') depth++
    else if (token === '}' || token === ']') depth--
    return depth > MAX_DEPTH
  })
}

/** What a JSON text says, whatever its spaces, escapes and order. */
function contentOf(tokens: string[]): string {
  const plain = tokens.map((token) => {
    if (token.startsWith('"')) return JSON.stringify(JSON.parse(token))
    const isNumber = /^-?\d/.test(token) && token.replaceAll(/\D/g, '').length <= MAX_DIGITS
    return isNumber ? String(Number(token)) : token
  })
  return plain.sort().join('\n')
}

/**
 * The object or list that a text holds as JSON; undefined for any other text, and for JSON of which parsing would
 * lose something: digits of a long number, a name that stands there twice.
 */
export function parseFaithfulJson(text: string): object | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined
  try {
    const tokens = tokensOf(text)
    if (isTooDeep(tokens)) return undefined
    const value = JSON.parse(text) as object
    return contentOf(tokens) === contentOf(tokensOf(JSON.stringify(value))) ? value : undefined
  } catch {
    return undefined
  }
}
