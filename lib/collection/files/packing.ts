/** Of the beginning of a file, enough for every mark below. */
export const MAGIC_BYTES = 8

const UNPACK = 'Unpack it, and hand over the text files in it; only gzip is unpacked here.'
const SPREADSHEET = 'If it is a spreadsheet, save it as CSV (UTF-8) first.'

/** What other things than text begin with, and what to do about them. */
const FORMATS: readonly { name: string; magic: readonly number[]; advice: string }[] = [
  {
    name: 'a zip archive or a spreadsheet',
    magic: [0x50, 0x4b, 0x03, 0x04],
    advice: `${UNPACK} ${SPREADSHEET}`,
  },
  { name: 'an empty zip archive', magic: [0x50, 0x4b, 0x05, 0x06], advice: UNPACK },
  { name: 'a part of a zip archive', magic: [0x50, 0x4b, 0x07, 0x08], advice: UNPACK },
  { name: 'an old spreadsheet', magic: [0xd0, 0xcf, 0x11, 0xe0], advice: 'Save it as CSV (UTF-8) first.' },
  { name: 'packed with zstd', magic: [0x28, 0xb5, 0x2f, 0xfd], advice: UNPACK },
  { name: 'packed with bzip2', magic: [0x42, 0x5a, 0x68], advice: UNPACK },
  { name: 'packed with xz', magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a], advice: UNPACK },
  { name: 'packed with 7-Zip', magic: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], advice: UNPACK },
  { name: 'a RAR archive', magic: [0x52, 0x61, 0x72, 0x21, 0x1a], advice: UNPACK },
  { name: 'packed with LZ4', magic: [0x04, 0x22, 0x4d, 0x18], advice: UNPACK },
  { name: 'Parquet', magic: [0x50, 0x41, 0x52, 0x31], advice: 'Export it as CSV.' },
  { name: 'a PDF', magic: [0x25, 0x50, 0x44, 0x46], advice: 'Export the log as CSV.' },
  {
    name: 'a Windows event log (EVTX)',
    magic: [0x45, 0x6c, 0x66, 0x46, 0x69, 0x6c, 0x65],
    advice: 'Export it as CSV first.',
  },
]

const begins = (head: Uint8Array, magic: readonly number[]) =>
  magic.every((byte, place) => head[place] === byte)

/** Whether the content is packed with gzip (RFC 1952), whatever its name. */
export const isGzip = (head: Uint8Array): boolean => begins(head, [0x1f, 0x8b, 0x08])

/** What content is that no reader of rows can take, and what to do; undefined for all that may be text. */
export function packingComplaint(head: Uint8Array): string | undefined {
  const found = FORMATS.find(({ magic }) => begins(head, magic))
  return found && `This is ${found.name}. ${found.advice}`
}
