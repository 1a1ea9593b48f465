type Cef = { header: string[]; extension: Record<string, string> }

const UNESCAPED: Record<string, string> = { n: '\n', r: '\r' }
const unescapeCef = (text: string) => text.replace(/\\(.)/g, (_, sign: string) => UNESCAPED[sign] ?? sign)

/** A reader of CEF 0 written from its specification, to read back what our writer wrote. Throws on any other text. */
export function parseCef(line: string): Cef {
  const parts = line.match(/^CEF:0((?:\|(?:\\[\\|]|[^\\|\n\r])*){6})\|(.*)$/u)
  if (!parts) throw new Error(`not a line of CEF: ${line.slice(0, 200)}`)
  const [, head = '', tail = ''] = parts
  const fields = head.slice(1).match(/(?:\\[\\|]|[^\\|])+/g) ?? []
  const pairs = tail.split(/ (?=[A-Za-z0-9]+=)/).map((pair) => {
    const [, key = '', value = ''] = pair.match(/^([A-Za-z0-9]+)=((?:\\[\\=nr]|[^\\=\n\r])*)$/u) ?? []
    if (!key) throw new Error(`not a pair of CEF: ${pair.slice(0, 200)}`)
    return [key, unescapeCef(value)] as const
  })
  if (new Set(pairs.map(([key]) => key)).size < pairs.length) throw new Error('a key stands there twice')
  return { header: fields.map(unescapeCef), extension: Object.fromEntries(pairs) }
}
