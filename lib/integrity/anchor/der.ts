/** Tags of X.690 that RFC 3161 needs. */
export const DER = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utf8String: 0x0c,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
  /** Context-specific 0, constructed. */
  context0: 0xa0,
} as const

const CONSTRUCTED = 0x20
const LONG_FORM = 0x80
/** A length of more bytes is above anything that we read. */
const MAX_LENGTH_BYTES = 4
/** Bits of a tag that stand for "the tag goes on". */
const HIGH_TAG = 0x1f

/** What was read is not DER, or not of the shape that was asked for. */
export class DerError extends Error {
  override readonly name = 'DerError'
}

function lengthBytes(length: number): Buffer {
  if (length < LONG_FORM) return Buffer.of(length)
  const bytes = Buffer.from(
    length.toString(16).padStart(Math.ceil(length.toString(16).length / 2) * 2, '0'),
    'hex',
  )
  return Buffer.concat([Buffer.of(LONG_FORM | bytes.length), bytes])
}

/** One element with its header. */
export function writeDer(tag: number, ...contents: Uint8Array[]): Buffer {
  const content = Buffer.concat(contents)
  return Buffer.concat([Buffer.of(tag), lengthBytes(content.length), content])
}

export type DerElement = { tag: number; content: Buffer }

function readLength(bytes: Buffer, at: number): { length: number; start: number } {
  const first = bytes[at]
  if (first === undefined || first === LONG_FORM) throw new DerError('a length is missing or indefinite')
  if (first < LONG_FORM) return { length: first, start: at + 1 }
  const count = first & ~LONG_FORM
  const start = at + 1 + count
  if (count > MAX_LENGTH_BYTES || start > bytes.length) throw new DerError('a length is too long')
  const length = bytes.readUIntBE(at + 1, count)
  if (length < LONG_FORM || bytes[at + 1] === 0) throw new DerError('a length is not in its shortest form')
  return { length, start }
}

/** The elements that stand one after the other in `bytes`, which must end with the last of them. */
export function readDer(bytes: Buffer): DerElement[] {
  const elements: DerElement[] = []
  for (let at = 0; at < bytes.length; ) {
    const tag = bytes[at] ?? 0
    if ((tag & HIGH_TAG) === HIGH_TAG) throw new DerError('a tag is of more than one byte')
    const { length, start } = readLength(bytes, at + 1)
    if (start + length > bytes.length) throw new DerError('an element is cut off')
    elements.push({ tag, content: bytes.subarray(start, start + length) })
    at = start + length
  }
  return elements
}

/** The content of an element that must be there and have this tag. */
export function contentOf(element: DerElement | undefined, tag: number, what: string): Buffer {
  if (element?.tag !== tag) throw new DerError(`${what} is missing or of another kind`)
  return element.content
}

/** The elements in one that must be there, have this tag, and be made of others. */
export function childrenOf(element: DerElement | undefined, tag: number, what: string): DerElement[] {
  if (!(tag & CONSTRUCTED)) throw new DerError(`${what} has no parts`)
  return readDer(contentOf(element, tag, what))
}
