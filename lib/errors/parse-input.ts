import type { z } from 'zod'
import { AppError, type Violation } from './app-error'

/** Parses what a person or a program sent; throws `invalid` with one violation for each thing that is wrong. */
export function parseInput<Output>(schema: z.ZodType<Output>, input: unknown): Output {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const violations = parsed.error.issues.map(
    ({ path, code, message }): Violation => ({ pointer: toPointer(path), code, detail: message }),
  )
  throw new AppError('invalid', 'Please check the marked fields.', { violations })
}

function toPointer(path: PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
