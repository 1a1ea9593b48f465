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

function findUnstorableText(input: unknown): Violation[] {
  if (typeof input !== 'object' || input === null) return []
  const isStorable = (value: unknown) => typeof value !== 'string' || isStorableText(value)
  return Object.entries(input)
    .filter(([, value]) => ![value].flat().every(isStorable))
    .map(([name]) => ({
      pointer: toPointer([name]),
      code: 'unstorable_text',
      detail: 'This contains a character that cannot be stored. Type it again.',
    }))
}

function invalid(violations: Violation[]): AppError {
  return new AppError('invalid', 'Please check the marked fields.', { violations })
}

function toPointer(path: PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
