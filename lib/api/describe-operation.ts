import type { z } from 'zod'
import type { Answer, Operation } from './operation'

const JSON_TYPE = 'application/json'

export const json = (description: string, schema: z.ZodType): Answer => ({
  description,
  content: { [JSON_TYPE]: schema },
})
export const csv = (schema: z.ZodType) => ({ 'text/csv': schema })

type Told<Named extends string> = Pick<
  Operation,
  'id' | 'method' | 'path' | 'summary' | 'description' | 'answers' | 'problems' | 'body'
> & {
  permission: NonNullable<Operation['permission']>
  /** What the path names. */
  of?: Named
  query?: z.ZodObject
  /** A body of JSON, and one that works. */
  input?: { description: string; schema: z.ZodType; example: unknown }
  /** What follows the path in the example, or all of it where the path is not enough. */
  example?: { query?: string; more?: string }
}

function problemsOf({ of, query, input, body }: Partial<Told<string>>): Record<number, string> {
  const problems: Record<number, string> = {}
  if (of) problems[404] = `There is no such ${of} in this workspace.`
  if (query || body) problems[400] = 'A parameter is not understood.'
  if (!input) return problems
  problems[400] = 'A field is missing or not possible; `errors` says which and why.'
  problems[413] = 'The body is too large.'
  return problems
}

/**
 * Makes the operations of a feature, with the problems that follow from what each takes. `paths` has the schema of what
 * a path names, `names` an example of each of its parts.
 */
export function operationsOf<Named extends string>({
  tag,
  paths,
  names,
}: {
  tag: Operation['tag']
  paths: Record<Named, z.ZodObject>
  names: Record<string, string>
}): (told: Told<Named>) => Operation {
  return ({ of, query, input, example = {}, problems, ...told }) => {
    const path = of && paths[of]
    const filled = told.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => names[name] ?? '')
    const takesBody = told.method === 'POST' && (input || told.body)
    const method = told.method === 'GET' || takesBody ? [] : ['-X', told.method]
    const sent = input
      ? [`-H "Content-Type: ${JSON_TYPE}"`, `\\\n  -d '${JSON.stringify(input.example)}'`]
      : []
    return {
      tag,
      ...told,
      ...((path || query) && { parameters: { ...(path && { path }), ...(query && { query }) } }),
      ...(input && {
        body: { description: input.description, required: true, content: { [JSON_TYPE]: input.schema } },
      }),
      problems: { ...problemsOf({ of, query, input, body: told.body }), ...problems },
      example: [
        ...method,
        `"$SPOOR${filled}${example.query ?? ''}"`,
        ...sent,
        ...(example.more ? [example.more] : []),
      ].join(' '),
    }
  }
}
