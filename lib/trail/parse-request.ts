import { z } from 'zod'
import { AppError } from '@/lib/errors/app-error'
import type { TrailFilter } from './filter'
import { parseFilter } from './filter-url'

function isList(schema: z.ZodType): boolean {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return isList(schema.unwrap() as z.ZodType)
  return schema instanceof z.ZodArray
}

/**
 * The filter in a query string, and the parameters of `schema` beside it; empty ones count as absent, lists are
 * repeated. Throws `invalid` with one violation for each parameter that is wrong.
 */
export function parseTrailQuery<Schema extends z.ZodObject>(
  params: URLSearchParams,
  schema: Schema,
): { filter: TrailFilter; query: z.output<Schema> } {
  const names = Object.keys(schema.shape)
  const filter = parseFilter(params, names)
  const given: Record<string, unknown> = {}
  for (const name of names) {
    const values = params.getAll(name).filter((value) => value !== '')
    if (values.length > 0) given[name] = isList(schema.shape[name]) || values.length > 1 ? values : values[0]
  }
  const parsed = schema.safeParse(given)
  if (parsed.success) return { filter, query: parsed.data }
  const violations = parsed.error.issues.map(({ path, code, message }) => ({
    pointer: `/${path.map(String).join('/')}`,
    code,
    detail: message,
  }))
  const [first] = violations
  const message = `A parameter is not understood: ${first?.pointer.slice(1)}: ${first?.detail}.`
  throw new AppError('invalid', message, { violations })
}
