/** What an entity is from `from` (inclusive; null: always) to `to` (exclusive; null: for ever), in milliseconds. */
export type Period = { from: number | null; to: number | null }

export type LedgerRecord = Period & {
  displayName: string
  attributes: Readonly<Record<string, string>>
  /** Keys by the name of the link; never an empty list. */
  links: Readonly<Record<string, readonly string[]>>
}

const start = (period: Period) => period.from ?? Number.NEGATIVE_INFINITY
const end = (period: Period) => period.to ?? Number.POSITIVE_INFINITY
const toPeriod = (from: number, to: number): Period => ({
  from: Number.isFinite(from) ? from : null,
  to: Number.isFinite(to) ? to : null,
})

export const byStart = (a: Period, b: Period): number =>
  start(a) === start(b) ? 0 : start(a) < start(b) ? -1 : 1

export const overlaps = (a: Period, b: Period): boolean => start(a) < end(b) && start(b) < end(a)

export const holdsAt = (period: Period, at: number): boolean => start(period) <= at && at < end(period)

/** What of the records lies within the period. */
export function clipRecords<T extends Period>(records: readonly T[], within: Period): T[] {
  return records
    .filter((record) => overlaps(record, within))
    .map((record) => ({
      ...record,
      ...toPeriod(Math.max(start(record), start(within)), Math.min(end(record), end(within))),
    }))
}

/** The parts of a period that are wholly within or wholly between the others, in their order. */
export function splitPeriod(period: Period, others: readonly Period[]): Period[] {
  const inside = others
    .flatMap((other) => [start(other), end(other)])
    .filter((at) => at > start(period) && at < end(period))
  const bounds = [start(period), ...new Set(inside.sort((a, b) => a - b)), end(period)]
  return bounds.slice(1).map((to, i) => toPeriod(bounds[i] as number, to))
}

const isSameList = (a: readonly string[], b: readonly string[] | undefined) =>
  a.length === b?.length && a.every((text, i) => text === b[i])

function isSameText(a: LedgerRecord['attributes'], b: LedgerRecord['attributes']): boolean {
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name])
}

function isSameLinks(a: LedgerRecord['links'], b: LedgerRecord['links']): boolean {
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => isSameList(a[name] ?? [], b[name]))
}

const isSameContent = (a: LedgerRecord, b: LedgerRecord): boolean =>
  a.displayName === b.displayName && isSameText(a.attributes, b.attributes) && isSameLinks(a.links, b.links)

export const isSameRecords = (a: readonly LedgerRecord[], b: readonly LedgerRecord[]): boolean =>
  a.length === b.length &&
  a.every((record, i) => {
    const other = b[i] as LedgerRecord
    return record.from === other.from && record.to === other.to && isSameContent(record, other)
  })

/** In their order, and those that say the same of periods side by side as one. */
export function joinRecords(records: readonly LedgerRecord[]): LedgerRecord[] {
  const joined: LedgerRecord[] = []
  for (const record of [...records].sort(byStart)) {
    const last = joined.at(-1)
    if (last && last.to !== null && last.to === record.from && isSameContent(last, record))
      joined[joined.length - 1] = { ...last, to: record.to }
    else joined.push(record)
  }
  return joined
}
