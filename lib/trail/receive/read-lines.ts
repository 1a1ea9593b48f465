const NEWLINE = 0x0a
const CARRIAGE_RETURN = 0x0d

/** A line's bytes without its end, or only its length where it is longer than what is held. */
export type Line = { number: number; bytes: Buffer } | { number: number; tooLongBytes: number }

/**
 * Cuts bytes into lines (LF or CRLF) while they arrive. A line above `maxBytes` is counted and let go, so memory
 * stays bounded whatever is sent. Blank lines are counted and left out. Numbers start at 1.
 */
export async function* readLines(chunks: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Line> {
  let parts: Buffer[] = []
  let bytes = 0
  let number = 0

  const take = (rest: Buffer): Line | undefined => {
    number++
    const total = bytes + rest.length
    const kept = parts.length === 0 ? rest : Buffer.concat([...parts, rest])
    parts = []
    bytes = 0
    if (total > maxBytes) return { number, tooLongBytes: total }
    const end = kept.at(-1) === CARRIAGE_RETURN ? kept.length - 1 : kept.length
    return end === 0 ? undefined : { number, bytes: kept.subarray(0, end) }
  }

  for await (const chunk of chunks) {
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      const line = take(chunk.subarray(start, end))
      if (line) yield line
      start = end + 1
    }
    const rest = chunk.subarray(start)
    bytes += rest.length
    if (bytes > maxBytes) parts = []
    else if (rest.length > 0) parts.push(rest)
  }
  if (bytes > 0) {
    const line = take(Buffer.alloc(0))
    if (line) yield line
  }
}
