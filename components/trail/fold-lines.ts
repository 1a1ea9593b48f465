import type { DiffLine } from '@/lib/event/diff-text'

/** Unchanged lines that stay beside a change, so that a reader knows where it is. */
const CONTEXT = 3
/** Fewer are not worth a fold. */
const MIN_FOLDED = 4
/** Lines that stand open in all; a document that was replaced would fill the page. */
const MAX_SHOWN = 120

/** Lines that stand together, from that place on; folded ones open on demand. */
export type LineGroup = { from: number; isFolded: boolean; lines: DiffLine[] }

/** Folds what did not change, away from what did, and whatever is beyond a page. */
export function foldLines(lines: DiffLine[]): LineGroup[] {
  const isNear = nearChanges(lines)
  const groups: LineGroup[] = []
  let shown = 0
  for (let at = 0; at < lines.length; ) {
    const start = at
    const isShown = isNear[at]
    while (at < lines.length && isNear[at] === isShown) at++
    const run = lines.slice(start, at)
    if (!isShown && run.length >= MIN_FOLDED) groups.push({ from: start, isFolded: true, lines: run })
    else {
      const open = run.slice(0, MAX_SHOWN - shown)
      shown += open.length
      if (open.length > 0) groups.push({ from: start, isFolded: false, lines: open })
      if (open.length < run.length)
        groups.push({ from: start + open.length, isFolded: true, lines: run.slice(open.length) })
    }
  }
  return groups
}

function nearChanges(lines: DiffLine[]): boolean[] {
  const isNear = lines.map(() => false)
  lines.forEach(({ kind }, at) => {
    if (kind === 'same') return
    isNear.fill(true, Math.max(0, at - CONTEXT), at + CONTEXT + 1)
  })
  return isNear
}
