/** A stretch of `occurredAt` in milliseconds since 1970: from (inclusive, -Infinity: always) to (exclusive, Infinity: for ever). */
export type Period = { from: number; to: number }

export const ALWAYS: Period = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }

/** Bounds as the database has them, in milliseconds; null has none. */
export const toPeriod = (from: number | null, to: number | null): Period => ({
  from: from ?? ALWAYS.from,
  to: to ?? ALWAYS.to,
})

export const isAlways = ({ from, to }: Period): boolean => from === ALWAYS.from && to === ALWAYS.to

export const isWithin = (periods: readonly Period[], at: number): boolean =>
  periods.some(({ from, to }) => at >= from && at < to)

/** The same moments in as few periods as possible, in their order. */
export function unite(periods: readonly Period[]): Period[] {
  if (periods.length < 2) return [...periods]
  const united: Period[] = []
  for (const { from, to } of periods.toSorted((a, b) => a.from - b.from)) {
    const last = united.at(-1)
    if (last && from <= last.to) last.to = Math.max(last.to, to)
    else if (from < to) united.push({ from, to })
  }
  return united
}

/** Moments that are in one of both. */
export function intersect(some: readonly Period[], others: readonly Period[]): Period[] {
  // Of thousands of names nearly all mean something always.
  if (some.length === 1 && some.every(isAlways)) return unite(others)
  const common = some.flatMap((a) =>
    others.map((b) => ({ from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) })),
  )
  return unite(common.filter(({ from, to }) => from < to))
}
