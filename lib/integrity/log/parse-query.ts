import type { z } from 'zod'
import { AppError } from '@/lib/errors/app-error'
import { isStorableText } from '@/lib/errors/parse-input'

const UNSTORABLE = 'This contains a character that cannot be stored.'

/**
 * The parameters of a query string, each at most once; empty ones count as absent. Throws `invalid` with one
 * violation for each that is unknown or wrong.
 */
export function parseQuery<Schema extends z.ZodObject>(request: Request, schema: Schema): z.output<Schema> {
  const params = new URL(request.url).searchParams
  const given: Record<string, unknown> = {}
  for (const name of new Set(params.keys())) {
    const values = params.getAll(name).filter((value) => value !== '')
    if (values.length > 0) given[name] = values.length === 1 ? values[0] : values
  }
  const parsed = schema.strict().safeParse(given)
  const unstorable = Object.keys(given).filter((name) => ![given[name]].flat().every(isStorableText))
  if (parsed.success && unstorable.length === 0) return parsed.data as z.output<Schema>
  const issues = parsed.error?.issues ?? []
  const violations = [
    ...issues.map(({ path, code, message }) => ({
      pointer: path.map((part) => `/${String(part)}`).join(''),
      code: code as string,
      detail: message,
    })),
    ...unstorable.map((name) => ({ pointer: `/${name}`, code: 'unstorable_text', detail: UNSTORABLE })),
  ]
  const [first] = violations
  const where = first?.pointer ? `${first.pointer.slice(1)}: ` : ''
  const what = first?.detail.replace(/\.$/, '')
  throw new AppError('invalid', `A parameter is not understood: ${where}${what}.`, { violations })
}
