type Leef = { header: string[]; attributes: Record<string, string> }

/** A reader of LEEF 2.0 written from its description, to read back what our writer wrote. Throws on any other text. */
export function parseLeef(line: string): Leef {
  const [version, vendor, product, productVersion, eventId, delimiter, ...rest] = line.split('|')
  if (version !== 'LEEF:2.0' || !delimiter) throw new Error(`not LEEF 2.0: ${line.slice(0, 200)}`)
  const hex = delimiter.match(/^(?:0x|x)([0-9a-f]{1,4})$/i)?.[1]
  const separator = hex === undefined ? delimiter : String.fromCharCode(Number.parseInt(hex, 16))
  const pairs = rest.join('|').split(separator)
  const attributes = pairs.map((pair) => {
    const at = pair.indexOf('=')
    if (!/^[A-Za-z]+$/.test(pair.slice(0, at))) throw new Error(`not an attribute: ${pair.slice(0, 200)}`)
    return [pair.slice(0, at), pair.slice(at + 1)] as const
  })
  if (new Set(attributes.map(([key]) => key)).size < attributes.length)
    throw new Error('a key stands there twice')
  return {
    header: [vendor ?? '', product ?? '', productVersion ?? '', eventId ?? ''],
    attributes: Object.fromEntries(attributes),
  }
}
