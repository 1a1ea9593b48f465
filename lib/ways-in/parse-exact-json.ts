import { isUtf8 } from 'node:buffer'
import { parseJsonBytes } from '@/lib/trail/receive/read-body'

/** A number outside quotes that may be more than a double tells apart: many digits, or a large exponent. */
const SUSPECT = /(?:^|[:,[\s])-?[\d.]*(?:\d{16}|\d[eE]\+?\d{2})/
/** Strings are stepped over; one that never ends goes up to the end, or each quote in it would be tried anew. */
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?$)|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gs

function quoteUnsafe(token: string): string {
  if (token.startsWith('"')) return token
  const value = Number(token)
  const isExact = Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))
  return isExact ? token : `"${token}"`
}

/**
 * Parses UTF-8 JSON of senders who know nothing of JavaScript: an integer beyond ±(2^53 − 1) comes back as its
 * text instead of a neighbouring number. Throws `invalid`.
 */
export function parseExactJson(bytes: Buffer): unknown {
  if (!SUSPECT.test(bytes.toString('latin1')) || !isUtf8(bytes)) return parseJsonBytes(bytes)
  return parseJsonBytes(Buffer.from(bytes.toString('utf8').replace(STRING_OR_NUMBER, quoteUnsafe)))
}
