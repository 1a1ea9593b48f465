/**
 * RFC 8785 JSON canonicalization: members sorted by UTF-16 code units, no white space, numbers and strings as
 * ECMAScript writes them. The value must be I-JSON (checked at the door).
 */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const members = value as Record<string, unknown>
  const names = Object.keys(members).sort()
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonicalJson(members[name])}`).join(',')}}`
}
