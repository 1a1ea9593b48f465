/** An address with the parameters that have a value. */
export function queryHref(path: string, params: Record<string, string | null | undefined>): string {
  const set = Object.entries(params).filter((entry): entry is [string, string] => Boolean(entry[1]))
  return set.length > 0 ? `${path}?${new URLSearchParams(set)}` : path
}

type Sent = Record<string, string | string[] | undefined>

/** What an address says under a name; undefined if it says nothing, or several things. */
export function paramOf(sent: Sent, name: string): string | undefined {
  const value = sent[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** The same for one of a few words. */
export function wordOf<Word extends string>(
  sent: Sent,
  name: string,
  words: readonly Word[],
): Word | undefined {
  return words.find((word) => word === sent[name])
}
