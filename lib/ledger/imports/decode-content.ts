import { packingComplaint } from '@/lib/collection/files/packing'
import { detectEncoding } from '@/lib/collection/reading/detect-encoding'
import { decodeText } from '@/lib/collection/reading/encodings'
import { HEAD_BYTES } from '@/lib/collection/reading/limits'
import { AppError } from '@/lib/errors/app-error'
import { MAX_CONTENT_BYTES } from './limits'

const MIB = 1024 * 1024

/**
 * What was handed over as text, with doubts about its encoding. Throws `too_large`, and `invalid` for what is no text:
 * packed files, spreadsheets, broken letters.
 */
export function decodeContent(content: string | Buffer): { text: string; doubts: string[] } {
  const size = typeof content === 'string' ? Buffer.byteLength(content) : content.length
  if (size > MAX_CONTENT_BYTES)
    throw new AppError(
      'too_large',
      `This has ${Math.ceil(size / MIB)} MiB; at most ${MAX_CONTENT_BYTES / MIB} are taken. Load it in parts, as deltas.`,
    )
  if (typeof content === 'string') return { text: content.replace(/^\ufeff/, ''), doubts: [] }
  const head = content.subarray(0, HEAD_BYTES)
  const complaint = packingComplaint(head)
  if (complaint) throw new AppError('invalid', complaint)
  const { encoding, bomBytes, doubts } = detectEncoding(head, undefined)
  const { text, exact } = decodeText(content.subarray(bomBytes), encoding)
  if (!exact)
    throw new AppError(
      'invalid',
      'This is neither whole UTF-8 nor whole UTF-16: letters in it are broken. Save it as UTF-8 and hand it over again.',
    )
  return {
    text,
    doubts: doubts.map((doubt) => doubt.replace(' If letters look wrong, choose the encoding.', LOOK)),
  }
}

const LOOK = ' If letters look wrong, save it as UTF-8 and hand it over again.'
