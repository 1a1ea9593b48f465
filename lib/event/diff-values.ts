import { countJsonValues, diffJson, type JsonChange } from './diff-json'
import { type DiffLine, diffText } from './diff-text'
import { parseFaithfulJson } from './parse-faithful-json'

/** `unchanged` counts the values of the JSON that stayed. */
export type ValueDiff =
  | { form: 'equal' }
  | { form: 'json'; changes: JsonChange[]; unchanged: number }
  | { form: 'text'; lines: DiffLine[] }

/**
 * Compares the value before and after a change: by members where both are JSON, else line by line. A value that
 * is not given counts as one without content.
 */
export function diffValues(oldValue: string | undefined, newValue: string | undefined): ValueDiff {
  if (oldValue === newValue) return { form: 'equal' }
  const before = readJson(oldValue, newValue)
  const after = readJson(newValue, oldValue)
  if (before && after && Array.isArray(before) === Array.isArray(after)) {
    const changes = diffJson(before, after)
    // Without any, they differ in how they are written, which only a comparison of the texts shows.
    if (changes.length > 0) return { form: 'json', changes, unchanged: countUnchanged(after, changes) }
  }
  return { form: 'text', lines: diffText(oldValue ?? '', newValue ?? '') }
}

function readJson(text: string | undefined, other: string | undefined): object | undefined {
  if (text !== undefined) return parseFaithfulJson(text)
  const counterpart = parseFaithfulJson(other ?? '')
  return counterpart && (Array.isArray(counterpart) ? [] : {})
}

function countUnchanged(after: object, changes: JsonChange[]): number {
  const touched = changes.map((change) => (change.kind === 'removed' ? 0 : countJsonValues(change.newValue)))
  return countJsonValues(after) - touched.reduce((sum, count) => sum + count, 0)
}
