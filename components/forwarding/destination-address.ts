/** The lists of a destination's page. */
export const SECTIONS = ['attempts', 'matched', 'unsent', 'dead', 'replays'] as const
export type Section = (typeof SECTIONS)[number]

/** Hours that the chart shows, by the word in the address. */
export const RANGES = { '24h': 24, '7d': 168 } as const
export type Range = keyof typeof RANGES

/** Everything that a person chooses on a destination's page. */
export type DestinationAddress = {
  /** Of the page itself. */
  path: string
  section: Section
  range: Range
  /** Where the list goes on. */
  cursor: string | undefined
}

type Sent = Record<string, string | string[] | undefined>

/** What the address asks for; what it says wrongly is as if it were not there. */
export function readAddress(path: string, sent: Sent): DestinationAddress {
  const { list, range, cursor } = sent
  return {
    path,
    section: SECTIONS.find((section) => section === list) ?? 'attempts',
    range: range === '7d' ? '7d' : '24h',
    cursor: typeof cursor === 'string' ? cursor : undefined,
  }
}

export function destinationHref({ path, section, range, cursor }: DestinationAddress): string {
  const params = new URLSearchParams({
    ...(section !== 'attempts' && { list: section }),
    ...(range !== '24h' && { range }),
    ...(cursor !== undefined && { cursor }),
  })
  return params.size === 0 ? path : `${path}?${params}`
}
