const NANOS_PER_SECOND = 1_000_000_000n
/** The years 0001–9999, which RFC 3339 can write. */
const FIRST_SECOND = -62_135_596_800n
const LAST_SECOND = 253_402_300_799n

/** Nanoseconds since 1970 as RFC 3339 UTC, with three decimals or as many as it takes; undefined beyond its years. */
export function toMoment(nanos: bigint): string | undefined {
  let seconds = nanos / NANOS_PER_SECOND
  let rest = nanos % NANOS_PER_SECOND
  if (rest < 0n) {
    seconds -= 1n
    rest += NANOS_PER_SECOND
  }
  if (seconds < FIRST_SECOND || seconds > LAST_SECOND) return undefined
  const fraction = rest.toString().padStart(9, '0').replace(/0+$/, '').padEnd(3, '0')
  return `${new Date(Number(seconds) * 1000).toISOString().slice(0, -4)}${fraction}Z`
}
