import { writeLetter } from '@/lib/mail/letter'
import { type EventLetter, MAX_ROWS } from './event-letter'

/** Gmail shows 102 KB of a letter, and hides the rest behind a link. */
const MAX_BYTES = 100_000

export type WrittenLetter = { subject: string; text: string; html: string }

/** The letter with as many rows as mail programs show whole: of usual ones all, of the longest some. Pure. */
export function fitLetter(make: (maxRows: number) => EventLetter): WrittenLetter {
  for (let rows = MAX_ROWS; ; ) {
    const { subject, ...letter } = make(rows)
    const written = writeLetter(letter)
    const bytes = Math.max(Buffer.byteLength(written.html), Buffer.byteLength(written.text))
    if (bytes <= MAX_BYTES || rows === 0) return { subject, ...written }
    rows = Math.min(rows - 1, Math.floor((rows * MAX_BYTES) / bytes))
  }
}
