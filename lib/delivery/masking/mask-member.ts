/** What to put in a value's place; undefined takes its member away. */
type ReplaceValue = (value: unknown) => string | undefined

type Members = Record<string, unknown>

const isIndex = (segment: string) => /^(0|[1-9]\d*)$/.test(segment)

/** Defines instead of assigning: an event may have a member named `__proto__`. */
function setMember(owner: Members, name: string, value: unknown): void {
  Object.defineProperty(owner, name, { value, writable: true, enumerable: true, configurable: true })
}

/**
 * Replaces the values that `segments` lead to, in place. Without an index, a path leads into every item of a list;
 * with one, into that item and into items that have a member of that name. Removing an item would move those behind it,
 * so an empty object stays in its place.
 */
export function maskMember(owner: unknown, segments: readonly string[], replace: ReplaceValue): void {
  const [name, ...rest] = segments
  if (name === undefined || typeof owner !== 'object' || owner === null) return
  if (Array.isArray(owner)) maskItems(owner, name, rest, segments, replace)
  else maskOwn(owner as Members, name, rest, replace)
}

function maskItems(
  items: unknown[],
  name: string,
  rest: readonly string[],
  segments: readonly string[],
  replace: ReplaceValue,
): void {
  for (const item of items) maskMember(item, segments, replace)
  const index = Number(name)
  if (!isIndex(name) || index >= items.length) return
  if (rest.length > 0) maskMember(items[index], rest, replace)
  else items[index] = replace(items[index]) ?? {}
}

function maskOwn(owner: Members, name: string, rest: readonly string[], replace: ReplaceValue): void {
  if (!Object.hasOwn(owner, name)) return
  if (rest.length > 0) {
    maskMember(owner[name], rest, replace)
    return
  }
  const replacement = replace(owner[name])
  if (replacement === undefined) delete owner[name]
  else setMember(owner, name, replacement)
}
