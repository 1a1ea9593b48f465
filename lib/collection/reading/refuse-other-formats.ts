import { isGzip, packingComplaint } from '@/lib/collection/files/packing'
import { AppError } from '@/lib/errors/app-error'

/** JSON that begins as no header does. */
const JSON_BEGINNING = /^\s*(\{\s*["}]|\[\s*[[{"\]])/
const XML_BEGINNING = /^\s*<(\?xml|!doctype|html|events?)\b/i
const LOOKED_AT_LETTERS = 4096
/** Text has tabs and line ends; a few others may be damage, which is for the rows to tell. */
const MAX_CONTROL_SHARE = 0.05

/** Refuses by its first bytes what is no text at all. */
export function refusePacked(head: Buffer): void {
  const complaint = isGzip(head)
    ? 'This is packed with gzip twice over, or not unpacked yet. Unpack it first.'
    : packingComplaint(head)
  if (complaint) throw new AppError('invalid', complaint)
}

function controlShare(text: string): number {
  let controls = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 32 && (code < 9 || code > 13)) controls++
  }
  return controls / Math.max(1, text.length)
}

/** Refuses text that has no rows and cells, and bytes that are not text. */
export function refuseOtherText(text: string): void {
  if (JSON_BEGINNING.test(text))
    throw new AppError(
      'invalid',
      'This is JSON, not rows and columns. Send JSON events to /api/v1/events instead, or export the log as CSV.',
    )
  if (XML_BEGINNING.test(text))
    throw new AppError('invalid', 'This is XML or HTML, not rows and columns. Export the log as CSV.')
  if (controlShare(text.slice(0, LOOKED_AT_LETTERS)) > MAX_CONTROL_SHARE)
    throw new AppError(
      'invalid',
      'This is not text: it is full of control characters. Export the log as CSV.',
    )
}
