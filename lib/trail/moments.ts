const UNIT_MS = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }

/** A filter's moment as RFC 3339 UTC: `-24h` counts back from now. */
export function resolveMoment(moment: string, nowMs: number): string {
  if (!moment.startsWith('-')) return new Date(moment).toISOString()
  const unit = moment.at(-1) as keyof typeof UNIT_MS
  return new Date(nowMs - Number(moment.slice(1, -1)) * UNIT_MS[unit]).toISOString()
}
