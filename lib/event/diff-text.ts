import { diffArrays, diffWordsWithSpace } from 'diff'

/** A piece of a line; `isChanged` where its counterpart on the other side differs. */
export type DiffPart = { text: string; isChanged: boolean }
export type DiffLine = { kind: 'same' | 'removed' | 'added'; parts: DiffPart[] }

/** Myers' algorithm takes the square of this many steps: a million of them are some 20 ms. */
const MAX_LINE_EDITS = 1000
/** Lines whose words are compared; a change of more is read as a whole. */
const MAX_WORD_PAIRS = 200
const MAX_WORD_EDITS = 200
/** With less in common, marking the words that changed would mark nearly all. */
const MIN_COMMON = 0.3

const linesOf = (text: string): string[] => (text === '' ? [] : text.split('\n'))
const whole = (kind: DiffLine['kind'], text: string): DiffLine => ({
  kind,
  parts: [{ text, isChanged: false }],
})

/**
 * What became of a text, line by line, removed lines before added ones; where a line replaces another, with the
 * words that differ. Texts that have next to nothing in common are all removed and all added.
 */
export function diffText(oldText: string, newText: string): DiffLine[] {
  const oldLines = linesOf(oldText)
  const newLines = linesOf(newText)
  const changes = diffArrays(oldLines, newLines, { maxEditLength: MAX_LINE_EDITS }) ?? [
    { value: oldLines, removed: true, added: false },
    { value: newLines, removed: false, added: true },
  ]
  const lines: DiffLine[] = []
  let wordPairs = 0
  for (let at = 0; at < changes.length; at++) {
    const { value, removed, added } = changes[at] ?? { value: [], removed: false, added: false }
    const next = changes[at + 1]
    if (removed && next?.added) {
      const count = Math.min(value.length, next.value.length, MAX_WORD_PAIRS - wordPairs)
      wordPairs += count
      lines.push(...diffPairs(value, next.value, count))
      at++
    } else {
      for (const text of value) lines.push(whole(removed ? 'removed' : added ? 'added' : 'same', text))
    }
  }
  return lines
}

/** Lines that replace others: the first `count` of each side are compared by words. */
function diffPairs(removed: string[], added: string[], count: number): DiffLine[] {
  const before = removed.map((text) => whole('removed', text))
  const after = added.map((text) => whole('added', text))
  for (let at = 0; at < count; at++) {
    const parts = diffWords(removed[at] ?? '', added[at] ?? '')
    if (!parts) continue
    before[at] = { kind: 'removed', parts: parts.removed }
    after[at] = { kind: 'added', parts: parts.added }
  }
  return [...before, ...after]
}

function diffWords(oldLine: string, newLine: string): { removed: DiffPart[]; added: DiffPart[] } | undefined {
  const changes = diffWordsWithSpace(oldLine, newLine, { maxEditLength: MAX_WORD_EDITS })
  if (!changes) return undefined
  const removed: DiffPart[] = []
  const added: DiffPart[] = []
  let common = 0
  for (const change of changes) {
    if (!change.removed && !change.added) common += change.value.trim().length
    if (!change.added) removed.push({ text: change.value, isChanged: change.removed })
    if (!change.removed) added.push({ text: change.value, isChanged: change.added })
  }
  return common < MIN_COMMON * Math.max(oldLine.length, newLine.length) ? undefined : { removed, added }
}
