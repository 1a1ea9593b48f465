/** What a spreadsheet would take for a formula, and never run unasked: https://owasp.org/www-community/attacks/CSV_Injection */
const FORMULA = /^[=+\-@\t\r]/
const NEEDS_QUOTES = /[",\r\n]/

/** Cells after RFC 4180. Text that a spreadsheet would run gets an apostrophe before it; numbers are left alone. */
function toCsvCell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const harmless = FORMULA.test(value) ? `'${value}` : value
  return NEEDS_QUOTES.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

/** One record after RFC 4180, with its line end. */
export function toCsvLine(values: readonly (string | number)[]): string {
  return `${values.map(toCsvCell).join(',')}\r\n`
}
