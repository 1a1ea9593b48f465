/** One character as JSON, a URL or HTML may write it. */
const ESCAPE =
  /\\u([0-9a-f]{4})|%([0-9a-f]{2})|&#x([0-9a-f]{1,4});|&#(\d{1,5});|&(amp|lt|gt|quot|apos);|\\(["'\\/])/gi

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** `starts[i]` is where the character `plain[i]` stands in the text that was given; one more says where it ends. */
type ReadText = { plain: string; starts: number[] }

/**
 * A text of any of these languages as if it had no escapes; undefined if it has none. For comparisons: nobody says
 * which language it is.
 */
export function readEscapes(text: string): ReadText | undefined {
  if (!/[\\%&]/.test(text)) return undefined
  let plain = ''
  const starts: number[] = []
  const add = (piece: string, from: number, isEscape: boolean) => {
    for (let i = 0; i < piece.length; i++) starts.push(isEscape ? from : from + i)
    plain += piece
  }
  let at = 0
  for (const match of text.matchAll(ESCAPE)) {
    const [whole, json, url, hex, decimal, name, sign] = match
    const code = Number.parseInt(json ?? url ?? hex ?? '', 16)
    add(text.slice(at, match.index), at, false)
    const named = name === undefined ? sign : NAMED[name.toLowerCase()]
    add(named ?? String.fromCharCode(decimal === undefined ? code : Number(decimal)), match.index, true)
    at = match.index + whole.length
  }
  add(text.slice(at), at, false)
  starts.push(text.length)
  return { plain, starts }
}
