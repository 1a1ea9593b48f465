const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s"{}[\],:]+/g
const INDENT = '  '

/** Indents a JSON text without parsing it, so that every string and number stays as it was written. */
export function prettyJson(json: string): string {
  const tokens = json.match(TOKENS) ?? []
  let depth = 0
  let text = ''
  const newLine = () => `\n${INDENT.repeat(depth)}`
  tokens.forEach((token, index) => {
    const isOpened = /^[{[]$/.test(tokens[index - 1] ?? '')
    if (token === '}' || token === ']') {
      depth--
      text += isOpened ? token : `${newLine()}${token}`
    } else if (token === ',') text += token
    else if (token === ':') text += ': '
    else {
      const begins = isOpened || tokens[index - 1] === ','
      text += `${begins ? newLine() : ''}${token}`
      if (token === '{' || token === '[') depth++
    }
  })
  return text
}
