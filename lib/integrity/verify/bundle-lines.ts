import { readLines } from './read-lines'
import { Refusal, refuse } from './refusal'
import { parseStrictObject } from './strict-json'

/** A file that can be read more than once, as bytes that are not compressed. */
export type OpenFile = () => AsyncIterable<Uint8Array>

export type BundleLine = { number: number; fields: Record<string, unknown> }

/** How a writer begins the line of an event: nearly all lines, which the first reading leaves out unread. */
const EVENT_START = new TextEncoder().encode('{"type":"event",')

const startsLikeEvent = (line: Uint8Array) => EVENT_START.every((byte, i) => line[i] === byte)

function parseLine(decoder: TextDecoder, line: Uint8Array, number: number): BundleLine {
  let text: string
  try {
    text = decoder.decode(line)
  } catch {
    return refuse('malformed', `Line ${number} is not UTF-8.`)
  }
  return { number, fields: parseStrictObject(text, `Line ${number}`) }
}

function parseLastLine(decoder: TextDecoder, line: Uint8Array, number: number): BundleLine {
  try {
    return parseLine(decoder, line, number)
  } catch (error) {
    if (!(error instanceof Refusal) || error.reason !== 'malformed') throw error
    return refuse('truncated', `The file is cut off in line ${number}.`)
  }
}

async function* readBundle(
  open: OpenFile,
  isWanted: (line: Uint8Array) => boolean,
): AsyncGenerator<BundleLine> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const state = { isOpen: false }
  let number = 0
  for await (const line of readLines(open(), state)) {
    number++
    if (line.length === 0) refuse('malformed', `Line ${number} is empty.`)
    if (isWanted(line))
      yield state.isOpen ? parseLastLine(decoder, line, number) : parseLine(decoder, line, number)
  }
}

/** Every line that does not begin like an event's. */
export const readFrameLines = (open: OpenFile) => readBundle(open, (line) => !startsLikeEvent(line))
export const readAllLines = (open: OpenFile) => readBundle(open, () => true)

/** Says in which line it was that the check refused. */
export function atLine<T>(number: number, check: () => T): T {
  try {
    return check()
  } catch (error) {
    if (error instanceof Refusal) throw new Refusal(error.reason, `Line ${number}: ${error.message}`)
    throw error
  }
}
