import { isUtf8 } from 'node:buffer'
import { AppError } from '@/lib/errors/app-error'
import { ENCODING_NAMES } from './encodings'
import type { Reading, ReadingChoice } from './reading'

type Encoding = Reading['encoding']
type Found = { encoding: Encoding; bomBytes: number; doubts: string[] }

const MARKS: readonly { encoding: Encoding; bytes: readonly number[] }[] = [
  { encoding: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
]
const UTF_32_MARKS = [
  [0xff, 0xfe, 0, 0],
  [0, 0, 0xfe, 0xff],
]
/** Of the letters of a log, so many at least are ASCII, whatever its language: delimiters, digits, names of fields. */
const MIN_ASCII_SHARE = 0.3
/** Enough letters to tell UTF-16 by. */
const LOOKED_AT_BYTES = 8192
/** A letter of UTF-8 has four bytes, so a cut one at most three. */
const MAX_CUT_BYTES = 3

const begins = (head: Buffer, bytes: readonly number[]) => bytes.every((byte, i) => head[i] === byte)

/** UTF-8 whose last letter may be cut: then what is left over is its first byte and some that go on with it. */
function isUtf8Head(head: Buffer): boolean {
  for (let cut = 0; cut <= Math.min(MAX_CUT_BYTES, head.length); cut++) {
    const [lead, ...others] = head.subarray(head.length - cut)
    const isCutLetter = lead === undefined || (lead >= 0xc2 && others.every((byte) => byte >> 6 === 0b10))
    if (isCutLetter && isUtf8(head.subarray(0, head.length - cut))) return true
  }
  return false
}

/** UTF-16 without a mark: of each ASCII letter one byte is zero, and always the same. */
function findUtf16(head: Buffer): Encoding | undefined {
  const pairs = Math.min(head.length, LOOKED_AT_BYTES) >> 1
  let firstZero = 0
  let secondZero = 0
  for (let i = 0; i < pairs * 2; i += 2) {
    if (head[i] === 0) firstZero++
    if (head[i + 1] === 0) secondZero++
  }
  const [most, least] = [Math.max(firstZero, secondZero), Math.min(firstZero, secondZero)]
  if (pairs === 0 || most < pairs * MIN_ASCII_SHARE || least > most / 10) return undefined
  return secondZero > firstZero ? 'utf-16le' : 'utf-16be'
}

/** Lines with letters beyond ASCII: how many are UTF-8, and how many are not. The last one may be cut. */
function countLines(head: Buffer): { good: number; bad: number } {
  const lines = { good: 0, bad: 0 }
  for (let start = 0, end = head.indexOf(10); end >= 0; start = end + 1, end = head.indexOf(10, start)) {
    const line = head.subarray(start, end)
    if (!isUtf8(line)) lines.bad++
    else if (line.toString('utf8').length !== line.length) lines.good++
  }
  return lines
}

function withoutMark(head: Buffer, chosen: Encoding | undefined): Found {
  const utf16 = findUtf16(head)
  if (chosen !== undefined) {
    if (chosen.startsWith('utf-16') && !utf16 && isUtf8Head(head) && !head.includes(0))
      throw new AppError(
        'invalid',
        `The silo says ${ENCODING_NAMES[chosen]}, and this file is not: it has no zero bytes. Let the encoding be found out, or choose UTF-8.`,
      )
    return { encoding: chosen, bomBytes: 0, doubts: [] }
  }
  if (utf16) return { encoding: utf16, bomBytes: 0, doubts: [] }
  if (isUtf8Head(head)) return { encoding: 'utf-8', bomBytes: 0, doubts: [] }
  const { good, bad } = countLines(head)
  if (good > bad) {
    const doubt = `It is read as UTF-8, but lines at its beginning are not (${bad}): they will be rejected.`
    return { encoding: 'utf-8', bomBytes: 0, doubts: [doubt] }
  }
  const doubt =
    'It is not UTF-8, so it is read as Latin-1 (windows-1252). If letters look wrong, choose the encoding.'
  return { encoding: 'latin1', bomBytes: 0, doubts: [doubt] }
}

/**
 * The encoding of a file, from its byte order mark, else what the silo says, else its bytes. Throws `invalid` for
 * UTF-32, and where the silo says what can't be.
 */
export function detectEncoding(head: Buffer, chosen: ReadingChoice['encoding']): Found {
  if (UTF_32_MARKS.some((mark) => begins(head, mark)))
    throw new AppError('invalid', 'This file is UTF-32, which is not read. Save it as UTF-8.')
  const mark = MARKS.find(({ bytes }) => begins(head, bytes))
  if (!mark) return withoutMark(head, chosen)
  const bomBytes = mark.bytes.length
  if (chosen === undefined || chosen === mark.encoding)
    return { encoding: mark.encoding, bomBytes, doubts: [] }
  const says = `The file begins with the byte order mark of ${ENCODING_NAMES[mark.encoding]}, the silo says ${ENCODING_NAMES[chosen]}.`
  if (bomBytes === 2 || chosen.startsWith('utf-16'))
    throw new AppError('invalid', `${says} Let the encoding be found out, or choose the file's.`)
  return { encoding: chosen, bomBytes, doubts: [`${says} It is read as the silo says.`] }
}
