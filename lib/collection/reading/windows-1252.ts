/** What windows-1252 has from 0x80 to 0x9F; its five free places are control characters, as the WHATWG has them. */
const LETTERS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'
const FIRST = 0x80
const OTHER = /[\u0080-\u009f]/g

/** Decodes windows-1252, a letter a byte. Own, because `TextDecoder` of some versions of Node reads ISO 8859-1. */
export function decodeWindows1252(bytes: Buffer): string {
  return bytes.toString('latin1').replace(OTHER, (letter) => LETTERS[letter.charCodeAt(0) - FIRST] as string)
}
