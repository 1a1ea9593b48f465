/**
 * Not seen, or turns the direction of what follows. What joins emoji, or letters of the scripts that are written so,
 * stands where it belongs.
 */
const UNSEEN = new RegExp(
  [
    String.raw`(?![\u200c\u200d\ufe0e\ufe0f])[\p{DI}\p{Cf}\u2800]`,
    String.raw`(?<![0-9#*]|[\p{ExtPict}\p{EMod}]\ufe0f?)[\ufe0e\ufe0f]`,
    String.raw`(?<![\p{ExtPict}\p{EMod}]\ufe0f?|[\p{sc=Arab}\p{sc=Beng}\p{sc=Deva}\p{sc=Gujr}\p{sc=Guru}\p{sc=Khmr}\p{sc=Knda}\p{sc=Mlym}\p{sc=Orya}\p{sc=Sinh}\p{sc=Syrc}\p{sc=Taml}\p{sc=Telu}])[\u200c\u200d]`,
  ].join('|'),
  'gu',
)
/** More marks on one letter run over the lines above and below. */
const MARKS = /(\p{M}{3})\p{M}+/gu
const BREAKS = /[\s\p{Cc}\p{Zl}\p{Zp}]+/gu

const toCode = (sign: string) =>
  `‹U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}›`

/**
 * What others wrote as one line, for letters, messages and pop-ups, where it must not begin a line of its own. Signs
 * that would turn or hide the rest of it are shown by their codes. Pure.
 */
export function oneLine(text: string): string {
  const line = text.toWellFormed().replace(BREAKS, ' ').trim()
  return line.replace(UNSEEN, toCode).replace(MARKS, '$1')
}

/** At most so many characters, the last of them `…` where it is cut. Pure. */
export function cutLine(line: string, max: number): string {
  // Most are short, and counted without taking them apart.
  if (line.length <= max) return line
  const signs = [...line]
  return signs.length > max ? `${signs.slice(0, max - 1).join('')}…` : line
}
