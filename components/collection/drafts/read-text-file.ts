/** What the page hands on at once; larger files belong into a silo, or through the API. */
const MAX_BYTES = 16 * 1024 * 1024

/** The text of a chosen file: UTF-8 or UTF-16 by its mark, else UTF-8, else windows-1252 as spreadsheets write. */
export async function readTextFile(file: File): Promise<{ text: string } | { problem: string }> {
  if (file.size > MAX_BYTES)
    return { problem: `${file.name} has more than 16 MiB. Leave out rows that are not needed.` }
  const bytes = new Uint8Array(await file.arrayBuffer())
  if (bytes[0] === 0x1f && bytes[1] === 0x8b)
    return { problem: `${file.name} is packed with gzip. Unpack it first.` }
  return { text: decodeText(bytes) }
}

export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
