type Status = 'success' | 'fail'

const WORDS: Record<Status, string> = {
  success: 'success successful succeeded ok allowed allow granted accepted passed',
  fail: 'fail failure failed error denied deny blocked rejected unauthorized',
}
const STATUS_BY_WORD = new Map(
  Object.entries(WORDS).flatMap(([status, words]) =>
    words.split(' ').map((word) => [word, status as Status] as const),
  ),
)

/** Whether a word for an outcome says that it worked; undefined for words that leave it open. */
export function statusOfWord(word: string): Status | undefined {
  return STATUS_BY_WORD.get(word.trim().toLowerCase())
}
