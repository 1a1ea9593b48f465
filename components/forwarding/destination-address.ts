/** The lists of a destination's page; the first is shown unless the address names another one. */
export const SECTIONS = ['attempts', 'matched', 'unsent', 'dead', 'replays'] as const
/** Of a channel's page. */
export const CHANNEL_SECTIONS = [
  'channel',
  'matched',
  'unsent',
  'attempts',
  'dead',
  'replays',
  'alarms',
  'shown',
] as const
export type ListSection = (typeof SECTIONS)[number]
export type ChannelSection = (typeof CHANNEL_SECTIONS)[number]
export type Section = ListSection | ChannelSection

/** Hours that the chart shows, by the word in the address. */
export const RANGES = { '24h': 24, '7d': 168 } as const
export type Range = keyof typeof RANGES

/** Everything that a person chooses on a destination's page. */
export type DestinationAddress<Shown extends Section = Section> = {
  /** Of the page itself. */
  path: string
  /** Those that there are; the first one's name is left out of the address. */
  sections: readonly Shown[]
  section: Shown
  range: Range
  /** Where the list goes on. */
  cursor: string | undefined
}

type Sent = Record<string, string | string[] | undefined>

/** What the address asks for; what it says wrongly is as if it were not there. */
export function readAddress<Shown extends Section>(
  path: string,
  sent: Sent,
  sections: readonly [Shown, ...Shown[]],
): DestinationAddress<Shown> {
  const { list, range, cursor } = sent
  return {
    path,
    sections,
    section: sections.find((section) => section === list) ?? sections[0],
    range: range === '7d' ? '7d' : '24h',
    cursor: typeof cursor === 'string' ? cursor : undefined,
  }
}

export function destinationHref({ path, sections, section, range, cursor }: DestinationAddress): string {
  const params = new URLSearchParams({
    ...(section !== sections[0] && { list: section }),
    ...(range !== '24h' && { range }),
    ...(cursor !== undefined && { cursor }),
  })
  return params.size === 0 ? path : `${path}?${params}`
}
