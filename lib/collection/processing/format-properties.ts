/** Before each name, so that a text below a heading is seen to belong to it; what follows a line break stands deeper. */
const INDENT = ' '
const CONTINUED = '\n   '

/**
 * What `{formattedRawData}` puts in: a line ` Name: value` for each property in its order, as event viewers print them.
 * One without a value is ` Name:`, and reads as a heading of those below it. Lines of a value after its first are
 * indented more than any name, so that no value can pass for another property.
 */
export function formatProperties(names: readonly string[], values: readonly string[]): string {
  let text = ''
  for (let i = 0; i < names.length; i++) {
    const value = values[i] ?? ''
    if (i > 0) text += '\n'
    text += `${INDENT}${names[i]}:`
    if (value === '') continue
    text += ' '
    text += value.includes('\n') || value.includes('\r') ? value.replaceAll(/\r\n|\r|\n/g, CONTINUED) : value
  }
  return text
}
