import type { z } from 'zod'
import { AppError, type Violation } from './app-error'

/**
 * Parses what a person sent, an object of texts and lists of texts; throws `invalid` with one violation for each
 * thing that is wrong.
 */
export function parseInput<Output>(schema: z.ZodType<Output>, input: unknown): Output {
  const unstorable = findUnstorableText(input)
  if (unstorable.length > 0) throw invalid(unstorable)
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const violations = parsed.error.issues.map(
    ({ path, code, message }): Violation => ({ pointer: toPointer(path), code, detail: message }),
  )
  throw invalid(violations)
}

/** Whether it is text that PostgreSQL takes: no U+0000, no half of a surrogate pair. */
export function isStorableText(value: unknown): value is string {
  return typeof value === 'string' && !value.includes('\0') && value.isWellFormed()
}

/** An object or list that is being looked through, and the place that it has come to. */
type Frame = { members: Record<string, unknown>; names: string[] | null; length: number; at: number }

function frameOf(value: object): Frame {
  const names = Array.isArray(value) ? null : Object.keys(value)
  const length = names ? names.length : (value as unknown[]).length
  return { members: value as Frame['members'], names, length, at: -1 }
}
const nameAt = ({ names, at }: Frame) => names?.[at] ?? String(at)

/** Looks into everything, with a stack of its own: input may be nested deeper than the process's would hold. */
function findUnstorableText(input: unknown): Violation[] {
  const found: Violation[] = []
  const open = typeof input === 'object' && input !== null ? [frameOf(input)] : []
  for (let frame = open.at(-1); frame; frame = open.at(-1)) {
    frame.at++
    if (frame.at >= frame.length) {
      open.pop()
      continue
    }
    const value = frame.members[nameAt(frame)]
    if (typeof value === 'object' && value !== null) open.push(frameOf(value))
    else if (typeof value === 'string' && !isStorableText(value)) {
      found.push({
        pointer: toPointer(open.map(nameAt)),
        code: 'unstorable_text',
        detail: 'This contains a character that cannot be stored. Type it again.',
      })
    }
  }
  return found
}

function invalid(violations: Violation[]): AppError {
  return new AppError('invalid', 'Please check the marked fields.', { violations })
}

function toPointer(path: PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
