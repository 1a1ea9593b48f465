/** What became of rows, as files and runs count it: `rows` is the sum of the other four. */
export type RowCounts = {
  rows: number
  collected: number
  duplicates: number
  filtered: number
  rejected: number
}

export const PARTS = ['collected', 'duplicates', 'filtered', 'rejected'] as const

export const PART_WORDS: Record<(typeof PARTS)[number], { words: string; hint: string }> = {
  collected: { words: 'collected', hint: 'Became events of the trail.' },
  duplicates: { words: 'duplicates', hint: 'Their events were in the trail already.' },
  filtered: { words: 'filtered', hint: 'The line leaves them out.' },
  rejected: { words: 'rejected', hint: 'Can’t become events as they are, each with its reason.' },
}

export const number = (value: number): string => value.toLocaleString('en')

/** `1 row`, `6,138 rows`. */
export const amount = (value: number, one: string, many = `${one}s`): string =>
  `${number(value)} ${value === 1 ? one : many}`

/** What became of rows in a line of words; parts without any are left out. */
export function countsInWords(counts: RowCounts): string {
  const parts = PARTS.filter((part) => counts[part] > 0)
  return parts.map((part) => `${number(counts[part])} ${PART_WORDS[part].words}`).join(', ') || 'no rows'
}
