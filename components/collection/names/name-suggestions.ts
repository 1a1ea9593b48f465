/** What can stand in braces, and what it is. */
export type NameHint = { name: string; hint?: string }

/** As many as a list shows without scrolling. */
const MAX_SHOWN = 8

/** The brace before the caret that is still open, and what was typed after it. */
export function openBrace(text: string, caret: number): { from: number; typed: string } | undefined {
  const before = text.slice(0, caret)
  const from = before.lastIndexOf('{')
  if (from < 0 || before.includes('}', from)) return undefined
  // Doubled, it stands for itself.
  if (countBraces(before, from) % 2 === 0) return undefined
  return { from: from + 1, typed: before.slice(from + 1) }
}

function countBraces(text: string, last: number): number {
  let count = 0
  while (text[last - count] === '{') count++
  return count
}

/** Names that begin with what was typed, then those that have it elsewhere. */
export function suggestNames(names: readonly NameHint[], typed: string): NameHint[] {
  const wanted = typed.trim().toLowerCase()
  const begins = names.filter(({ name }) => name.toLowerCase().startsWith(wanted))
  const contains = names.filter(({ name }) => name.toLowerCase().indexOf(wanted) > 0)
  return [...begins, ...contains].slice(0, MAX_SHOWN)
}

/** The text with a name in the open brace, and the caret behind it. */
export function putName(
  text: string,
  caret: number,
  from: number,
  name: string,
): { text: string; caret: number } {
  const rest = text.slice(caret)
  const put = `${text.slice(0, from)}${name}}`
  return { text: put + (rest.startsWith('}') ? rest.slice(1) : rest), caret: put.length }
}
