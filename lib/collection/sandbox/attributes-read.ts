/** `row` as a word of its own. What is part of a longer name in other scripts is taken for one too: it costs only time. */
const ROW = /(?<![\w$])row(?![\w$])/g
const NAMED =
  /^\s*(?:\?\.|\.)\s*([\p{ID_Start}$_][\p{ID_Continue}$]*)|^\s*(?:\?\.)?\s*\[\s*(?:'([^'\\\n]*)'|"([^"\\\n]*)"|`([^`\\$\n]*)`)\s*\]/u

/**
 * The attributes that an expression reads by their names (`row.user`, `row['user']`), and whether it may read others:
 * where `row` stands alone, or names could be spelled in ways that only JavaScript understands.
 */
export function readAttributes(expression: string): { names: string[]; mayReadOthers: boolean } {
  const names = new Set<string>()
  let mayReadOthers = expression.includes('\\u')
  for (const match of expression.matchAll(ROW)) {
    const named = NAMED.exec(expression.slice(match.index + match[0].length))
    const name = named?.[1] ?? named?.[2] ?? named?.[3] ?? named?.[4]
    if (name === undefined) mayReadOthers = true
    else names.add(name)
  }
  return { names: [...names], mayReadOthers }
}
