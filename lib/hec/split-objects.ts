import type { Line } from '@/lib/trail/receive/read-lines'

const [QUOTE, BACKSLASH, OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY] = Buffer.from('"\\{}[]')
/** White space, and the comma and brackets of an array around the objects, which some senders write. */
const BETWEEN = new Set(Buffer.from(' \t\r\n,[]'))

/** An object's bytes, or only its length where it is longer than what is held, or that there is no object. */
export type Piece = Line | { number: number; notAnObject: true }

/** Follows JSON byte by byte, only as far as to know where an object ends. */
class Scanner {
  private depth = 0
  private inString = false
  private isEscaped = false

  get isInside(): boolean {
    return this.depth > 0
  }

  step(byte: number): 'between' | 'begin' | 'inside' | 'end' | 'wrong' {
    if (this.depth === 0) {
      if (byte !== OPEN_OBJECT) return BETWEEN.has(byte) ? 'between' : 'wrong'
      this.depth = 1
      return 'begin'
    }
    if (this.inString) {
      if (this.isEscaped) this.isEscaped = false
      else if (byte === BACKSLASH) this.isEscaped = true
      else if (byte === QUOTE) this.inString = false
    } else if (byte === QUOTE) this.inString = true
    else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) this.depth++
    else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
      this.depth--
      if (this.depth === 0) return 'end'
    }
    return 'inside'
  }
}

/**
 * Cuts stacked JSON objects (`{…}{…}`, white space between) out of bytes while they arrive. An object above
 * `maxBytes` is counted and let go, so memory stays bounded. Numbers start at 0. After a piece that is no object,
 * or one that breaks off, nothing follows: where the next would begin can't be known.
 */
export async function* splitObjects(chunks: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Piece> {
  const scanner = new Scanner()
  let held: Buffer[] = []
  let bytes = 0
  let number = 0

  const hold = (part: Buffer) => {
    bytes += part.length
    if (bytes > maxBytes) held = []
    else held.push(part)
  }
  const take = (): Piece => {
    const piece =
      bytes > maxBytes ? { number, tooLongBytes: bytes } : { number, bytes: Buffer.concat(held, bytes) }
    held = []
    bytes = 0
    number++
    return piece
  }

  for await (const chunk of chunks) {
    let start = 0
    for (let i = 0; i < chunk.length; i++) {
      const place = scanner.step(chunk[i] as number)
      if (place === 'wrong') {
        yield { number, notAnObject: true }
        return
      }
      if (place === 'begin') start = i
      if (place === 'end') {
        hold(chunk.subarray(start, i + 1))
        yield take()
      }
    }
    if (scanner.isInside) hold(chunk.subarray(start))
  }
  if (scanner.isInside) yield take()
}
