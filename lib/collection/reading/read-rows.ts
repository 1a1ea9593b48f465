import { type ByteWindow, openByteWindow } from './byte-window'
import { type Block, rowCutter } from './cut-rows'
import { behindLineEnd, bytesOfText, decodeText, unitBytes } from './encodings'
import { BLOCK_BYTES, MAX_ROW_BYTES, SKIP_REPORT_BYTES } from './limits'
import type { ReadRow, RowBatch } from './read-row'
import type { Reading } from './reading'
import { rejectLongRow } from './row-rejects'

export type ReadRowsInput = {
  reading: Reading
  /** The names of the columns: every row has as many cells. */
  columns: readonly string[]
  /** Where `bytes` begin: a place that a batch gave, or the content's very beginning, `{ byte: 0, line: 0 }`. */
  from: { byte: number; line: number }
  /** A batch has at most so many rows, and about so many bytes. The rows are asked for anew with each batch. */
  maxRows: number
  maxBytes: number
}

/** More than the longest row with its end: a line that has not ended within so much is passed over. */
const LONG_ROW_BYTES = MAX_ROW_BYTES + BLOCK_BYTES
/** Of a row that is too long, enough to recognise it. */
const SHOWN_BYTES = 1024

/** How much to hold where this much was not enough: each time several times as much, so that nothing is read often. */
const moreThan = (bytes: number) => bytes + Math.max(BLOCK_BYTES, 3 * Math.min(bytes, MAX_ROW_BYTES))

/** Passes over a line of any length and says how many bytes that took, in parts. */
async function* skipLine(window: ByteWindow, reading: Reading): AsyncGenerator<number> {
  const letterBytes = unitBytes(reading.encoding)
  let skipped = 0
  for (;;) {
    const held = window.held()
    const behind = behindLineEnd(held, reading, 'first')
    const isOver = behind > 0 || window.isEnd()
    skipped += window.drop(behind || (isOver ? held.length : held.length - (held.length % letterBytes)))
    if (isOver || skipped >= SKIP_REPORT_BYTES) {
      yield skipped
      skipped = 0
    }
    if (isOver) return
    await window.load(BLOCK_BYTES)
  }
}

/**
 * The rows of a file, in constant memory and in time that grows with its size, whatever stands in it. Begun at the
 * content's beginning it passes over the byte order mark and the header. A row that is wrong is a reject, and reading
 * goes on behind it; blank lines are no rows. Reading on from a batch's `readBytes` and `readLines` gives precisely
 * the rest. A batch may have no rows: it says how far reading is.
 */
export async function* readRows(
  bytes: AsyncIterable<Buffer>,
  input: ReadRowsInput,
): AsyncGenerator<RowBatch> {
  const { reading, columns, from, maxBytes } = input
  const window = openByteWindow(bytes)
  const cut = rowCutter(reading, columns)
  const letterBytes = unitBytes(reading.encoding)
  let isHeaderAhead = from.byte === 0 && reading.header === 'first'
  let { byte, line } = from
  let batchStart = byte
  let rows: ReadRow[] = []
  // Before the header is passed there is no place to go on from: a reader would take it for a row.
  const place = () => (isHeaderAhead ? { readBytes: 0, readLines: 0 } : { readBytes: byte, readLines: line })
  const takeBatch = (): RowBatch => {
    const batch = { rows, ...place() }
    rows = []
    batchStart = byte
    return batch
  }
  try {
    if (byte === 0) {
      await window.load(reading.bomBytes)
      byte += window.drop(reading.bomBytes)
    }
    for (let wanted = BLOCK_BYTES; ; ) {
      await window.load(wanted)
      const held = window.held()
      if (held.length === 0) break
      const whole = window.isEnd() ? held.length : behindLineEnd(held, reading, 'last')
      if (whole === 0 && held.length < LONG_ROW_BYTES) {
        wanted = moreThan(held.length)
        continue
      }
      if (whole === 0) {
        if (rows.length > 0) yield takeBatch()
        const beginning = decodeText(held.subarray(0, SHOWN_BYTES), reading.encoding).text
        let skipped = 0
        for await (const part of skipLine(window, reading)) {
          skipped += part
          yield { rows: [], ...place() }
        }
        byte += skipped
        line++
        if (!isHeaderAhead) rows.push({ line, raw: null, reject: rejectLongRow(beginning) })
        isHeaderAhead = false
        continue
      }
      const decoded = decodeText(held.subarray(0, whole), reading.encoding)
      const block: Block = { decoded, hasNul: decoded.text.includes('\0') }
      const blockStart = byte
      let at = 0
      let isOpen = false
      while (at < decoded.text.length) {
        const rest = held.length - (byte - blockStart)
        // A row that is open, and longer than any may be with what is held of its last line, is not waited for.
        const mustEnd = isOpen && rest >= LONG_ROW_BYTES
        if (isOpen && !mustEnd) break
        const left = Math.ceil((batchStart + maxBytes - byte) / letterBytes)
        let room = { rows: input.maxRows, letters: left, isLast: window.isEnd() }
        if (isHeaderAhead) room = { ...room, rows: 1, letters: held.length }
        if (mustEnd) room = { rows: rows.length + 1, letters: 1, isLast: true }
        const end = cut(block, { at, line }, rows, room)
        byte = Math.min(blockStart + whole, byte + bytesOfText(decoded, at, end.at))
        ;({ at, line, isOpen } = end)
        if (isHeaderAhead && rows.length > 0) {
          isHeaderAhead = false
          rows = []
        }
        if (!isHeaderAhead && (rows.length >= input.maxRows || byte - batchStart >= maxBytes))
          yield takeBatch()
      }
      window.drop(byte - blockStart)
      wanted = isOpen ? moreThan(held.length - (byte - blockStart)) : BLOCK_BYTES
    }
    isHeaderAhead = false
    if (rows.length > 0 || byte > batchStart) yield takeBatch()
  } finally {
    await window.close()
  }
}
