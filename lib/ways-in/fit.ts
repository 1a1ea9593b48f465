/** The limits of an event's fields, see `lib/event/event-input.ts`. What is cut stays whole in `data`. */
export const MAX_SHORT_TEXT = 1024
export const MAX_MESSAGE = 16_384
export const MAX_ACTION = 128
const MAX_TYPE = 64

/** The beginning of a text, never ending in half of a surrogate pair. */
export function fitText(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text
  const cut = text.slice(0, maxLength)
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut
}

/** A foreign name as a log type: `aws:cloudtrail` gives `aws.cloudtrail`; `fallback` if nothing is left of it. */
export function toTypeName(name: string | undefined, fallback: string): string {
  const type = (name ?? '')
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '.')
    .replace(/^\.+|\.+$/g, '')
  // `trail.` is how the trail speaks of itself.
  const ours = type.startsWith('trail.') ? `${fallback}.${type}` : type
  return ours.slice(0, MAX_TYPE).replace(/\.+$/, '') || fallback
}

/** Copies a JSON value with what nests deeper than `levels` turned into its JSON text. Throws RangeError beyond sense. */
export function fitDepth(value: unknown, levels: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (levels === 0) return JSON.stringify(value)
  if (Array.isArray(value)) return value.map((item) => fitDepth(item, levels - 1))
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, fitDepth(item, levels - 1)]))
}
