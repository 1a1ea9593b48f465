/** What retention took from the beginning of a trail, as a sentence; undefined where it begins with its first event. */
export function droppedWords(firstSeq: number): string | undefined {
  if (firstSeq === 0) return undefined
  return `Events below seq ${firstSeq.toLocaleString('en')} are gone: their time of retention has passed.`
}
