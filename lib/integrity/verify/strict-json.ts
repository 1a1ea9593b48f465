import { refuse } from './refusal'

const TOKEN = /\s*(?:("[^"\\]*(?:\\.[^"\\]*)*")|(-?\d[\d.eE+-]*)|([{}[\]:,])|(true|false|null))/gy
const INTEGER = /^-?\d+$/

/**
 * Refuses what JSON.parse reads without saying so: a member that stands twice, of which a person may read the
 * one and the hash cover the other; and integers whose digits are not those of the number that is hashed.
 */
function checkFaithful(text: string): void {
  const open: (Set<unknown> | undefined)[] = []
  let name: string | undefined
  TOKEN.lastIndex = 0
  for (let token = TOKEN.exec(text); token; token = TOKEN.exec(text)) {
    const [, string, number, sign] = token
    if (sign === '{') open.push(new Set())
    else if (sign === '[') open.push(undefined)
    else if (sign === '}' || sign === ']') open.pop()
    else if (sign === ':' && name !== undefined) {
      const names = open.at(-1)
      const parsed = JSON.parse(name)
      if (names?.has(parsed)) refuse('duplicate_member', `The member ${name} stands twice in an object.`)
      names?.add(parsed)
    } else if (number && INTEGER.test(number) && BigInt(number) !== BigInt(Number(number)))
      refuse('malformed', `The number ${number} has more digits than were hashed.`)
    name = string
  }
}

/** Parses an object from JSON that says one thing only. `where` names it for people. */
export function parseStrictObject(text: string, where: string): Record<string, unknown> {
  let value: unknown
  let written: string
  try {
    value = JSON.parse(text)
    written = JSON.stringify(value)
  } catch {
    return refuse('malformed', `${where} is not JSON: is the file cut off or damaged?`)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refuse('malformed', `${where} is not a JSON object.`)
  // Text that comes out as it went in holds nothing but what was parsed.
  if (written !== text) checkFaithful(text)
  return value as Record<string, unknown>
}
