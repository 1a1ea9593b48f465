import { MAX_EVENT_BYTES } from '@/lib/event/accept-event'
import { checkJson } from '@/lib/event/check-json'
import { parseFaithfulJson } from '@/lib/event/parse-faithful-json'

/** Whether the trail would show it as the bare text in it (lib/trail/export/target-fields.ts). */
const looksWrapped = (value: object) =>
  Object.keys(value).length === 1 && 'text' in value && typeof value.text === 'string'

/** Comparing what was parsed with the text takes long for what is no JSON, so that is found out before. */
function isJson(value: string): boolean {
  try {
    JSON.parse(value)
    return true
  } catch {
    return false
  }
}

/** A JSON object as it is; what is anything else, or would lose something by being parsed, as `{ text }`. */
export function readData(value: string): Record<string, unknown> {
  const mayBeObject = value.length <= MAX_EVENT_BYTES && /^\s*\{/.test(value) && isJson(value)
  const parsed = mayBeObject ? parseFaithfulJson(value) : undefined
  if (!parsed || looksWrapped(parsed) || checkJson({ data: parsed })) return { text: value }
  return parsed as Record<string, unknown>
}
