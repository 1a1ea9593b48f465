/** JSON objects that stand one after the other, with or without space between them; the rest is the last item. */
export function splitJson(text: string): string[] {
  const items: string[] = []
  let start = 0
  let depth = 0
  let isInString = false
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (isInString) {
      if (char === '\\') at++
      else if (char === '"') isInString = false
    } else if (char === '"') isInString = true
    else if (char === '{' || char === '[') depth++
    else if (char === '}' || char === ']') depth--
    if (depth > 0 || isInString || (char !== '}' && char !== ']')) continue
    items.push(text.slice(start, at + 1).trim())
    start = at + 1
  }
  const rest = text.slice(start).trim()
  return rest === '' ? items : [...items, rest]
}
