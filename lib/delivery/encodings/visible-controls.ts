/** C0, DEL, C1, and the two separators that some readers take for the end of a line. */
const CONTROLS = /[\p{Cc}\u2028\u2029]/gu

const PICTURES = 0x2400
const DELETE_PICTURE = '\u2421'
const NEWLINE_PICTURE = '\u2424'
const LINE_ENDS = new Set(['\x85', '\u2028', '\u2029'])

function toPicture(control: string): string {
  const code = control.charCodeAt(0)
  if (code < 0x20) return String.fromCharCode(PICTURES + code)
  if (code === 0x7f) return DELETE_PICTURE
  return LINE_ENDS.has(control) ? NEWLINE_PICTURE : '\ufffd'
}

/**
 * Puts a visible picture (`␊`, `␉`) in place of each control character, for lines whose format knows no escape: such
 * a line can neither be broken in two nor steer a terminal.
 */
export function showControls(text: string): string {
  return text.replace(CONTROLS, toPicture)
}
