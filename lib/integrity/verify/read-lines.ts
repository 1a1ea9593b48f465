import { refuse } from './refusal'

/** An event has at most 256 KiB, and its salts as much again; more would only fill the memory. */
const MAX_LINE_BYTES = 4 * 1024 * 1024
const NEWLINE = 0x0a

/** Where the reading is. */
export type LineState = {
  /** Whether the line has no newline: it is the last one, and perhaps cut off. */
  isOpen: boolean
}

/** The bytes of each line, without its newline. What a line is made of is valid until the next one. */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
  state: LineState,
): AsyncGenerator<Uint8Array> {
  let rest = new Uint8Array()
  for await (const chunk of chunks) {
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      const line = chunk.subarray(start, end)
      yield rest.length === 0 ? line : join(rest, line)
      rest = new Uint8Array()
      start = end + 1
    }
    if (start < chunk.length) rest = join(rest, chunk.subarray(start))
    if (rest.length > MAX_LINE_BYTES) refuse('malformed', 'A line has more than 4 MiB.')
  }
  state.isOpen = true
  if (rest.length > 0) yield rest
}

function join(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(first.length + second.length)
  joined.set(first)
  joined.set(second, first.length)
  return joined
}
