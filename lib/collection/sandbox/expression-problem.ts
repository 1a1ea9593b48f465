import type { QuickJSContext, QuickJSHandle } from 'quickjs-emscripten-core'
import { EXPRESSION_FILE } from './guest-tools'

/** What is wrong with an expression, as a sentence, and where in it: both count from 1. */
export type ExpressionProblem = { message: string; line?: number; column?: number }

const WORDS: [RegExp, (...found: string[]) => string][] = [
  [/^expecting field name/, () => 'a name is missing after the dot'],
  [/^expecting '(.+)'/, (sign) => `${sign} is expected here`],
  [/^unexpected token in expression: '(.*)'/, (token) => unexpected(token)],
  [/^unexpected end of string/, () => 'a text has no closing quote'],
  [/^unexpected line terminator in regexp/, () => 'a regular expression has no closing slash'],
  [/^invalid assignment left-hand side/, () => 'only a name can be given a value; to compare, write ==='],
]

/** The bracket that closes an expression is ours. */
const unexpected = (token = '') =>
  token === ')' || token === ']' || token === ''
    ? 'the expression is not complete'
    : `${token} is not expected here`

function inWords(message: string): string {
  for (const [pattern, say] of WORDS) {
    const match = pattern.exec(message)
    if (match) return say(...match.slice(1))
  }
  return message
}

/** `at line 2, column 5`, where the engine said `2:5` of the code around, which begins one line before. */
export function placeInWords(place: string): { line: number; column: number; words: string } | undefined {
  const [line = 0, column = 0] = place.split(':').map(Number)
  if (line < 2 || column < 1) return undefined
  return { line: line - 1, column, words: `at line ${line - 1}, column ${column}` }
}

/** A syntax error of the engine; frees it. */
export function readProblem(context: QuickJSContext, error: QuickJSHandle): ExpressionProblem {
  const { message = '', stack = '' } = context.dump(error) as { message?: string; stack?: string }
  error.dispose()
  const [, found = ''] = new RegExp(`${EXPRESSION_FILE}:(\\d+:\\d+)`).exec(stack) ?? []
  const place = placeInWords(found)
  const said = `${inWords(message)}${place ? `, ${place.words}` : ''}`
  return {
    message: `This is no JavaScript expression: ${said}.`,
    ...(place && { line: place.line, column: place.column }),
  }
}
