import { toMoment } from '@/lib/ways-in/moment'
import { HecRefusal } from './hec-answer'

const DECIMAL = /^(-?)(\d{1,20})(?:\.(\d*))?$/
/** The first second of the year 10000: larger numbers count milli-, micro- or nanoseconds. */
const FIRST_TOO_LARGE = 253_402_300_800n

/** Splunk's `time`: seconds since 1970 with a fraction, as number or text, as RFC 3339. Throws code 6. */
export function readHecTime(value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') return undefined
  const isText = typeof value === 'number' || typeof value === 'string'
  const match = isText ? DECIMAL.exec(String(value).trim()) : null
  if (match) {
    const [, sign, whole = '0', fraction = ''] = match
    let unit = 1_000_000_000n
    for (let limit = FIRST_TOO_LARGE; unit > 1n && BigInt(whole) >= limit; limit *= 1000n) unit /= 1000n
    const part = (BigInt(fraction.slice(0, 9).padEnd(9, '0')) * unit) / 1_000_000_000n
    const nanos = BigInt(whole) * unit + part
    const moment = toMoment(sign ? -nanos : nanos)
    if (moment) return moment
  }
  const detail = '"time" must be seconds since 1970, such as 1767225600.123'
  throw new HecRefusal(6, { detail })
}
