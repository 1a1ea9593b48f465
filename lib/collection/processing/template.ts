/** A piece of a template: text as it stands there, or the name of what is put in its place. */
export type TemplatePart = { text: string } | { name: string }

const PLACEHOLDER = /\{\{|\}\}|\{([^{}]*)\}|[{}]/g

const place = (index: number) => `at character ${index + 1}`

function tidyParts(parts: readonly TemplatePart[]): TemplatePart[] {
  const tidy: TemplatePart[] = []
  for (const part of parts) {
    const last = tidy.at(-1)
    if ('name' in part) tidy.push(part)
    else if (last && 'text' in last) tidy[tidy.length - 1] = { text: last.text + part.text }
    else if (part.text !== '') tidy.push(part)
  }
  return tidy
}

/**
 * Takes a template such as `{message} on {computer}` apart. Literal braces are doubled: `{{` and `}}`. `problem` is a
 * sentence with the place. A template without parts is blank.
 */
export function parseTemplate(template: string): { parts: TemplatePart[] } | { problem: string } {
  const parts: TemplatePart[] = []
  let end = 0
  for (const match of template.matchAll(PLACEHOLDER)) {
    const [token, name] = match
    parts.push({ text: template.slice(end, match.index) })
    end = match.index + token.length
    if (token === '{{' || token === '}}') parts.push({ text: token.charAt(0) })
    else if (token === '{') {
      const problem = `The brace opened ${place(match.index)} is not closed. A brace as such is written {{.`
      return { problem }
    } else if (token === '}') {
      const problem = `The brace closed ${place(match.index)} was not opened. A brace as such is written }}.`
      return { problem }
    } else if (name?.trim()) parts.push({ name: name.trim() })
    else return { problem: `There is no name between the braces ${place(match.index)}.` }
  }
  parts.push({ text: template.slice(end) })
  return { parts: tidyParts(parts) }
}

/** The text of a template that puts nothing in; undefined for one that does. A blank one's is empty. */
export function staticText(parts: readonly TemplatePart[]): string | undefined {
  if (parts.length === 0) return ''
  const [only] = parts
  return parts.length === 1 && only && 'text' in only ? only.text : undefined
}

/** The names that a template puts in. */
export function namesIn(parts: readonly TemplatePart[]): string[] {
  return parts.flatMap((part) => ('name' in part ? [part.name] : []))
}
