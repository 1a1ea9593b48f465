import type { z } from 'zod'
import type { Answer, Operation } from '@/lib/api/operation'
import { filePathSchema, idPathSchema, siloPathSchema } from './route-parts'

const JSON_TYPE = 'application/json'
const EXAMPLES: Record<string, string> = {
  name: 'windows-security',
  id: '019a9d0c-0000-4000-8000-000000000000',
}

export const json = (description: string, schema: z.ZodType): Answer => ({
  description,
  content: { [JSON_TYPE]: schema },
})
export const csv = (schema: z.ZodType) => ({ 'text/csv': schema })

const PATHS = {
  none: undefined,
  silo: siloPathSchema,
  file: filePathSchema,
  run: idPathSchema,
  line: idPathSchema,
  table: idPathSchema,
  plan: idPathSchema,
} as const
type Named = keyof typeof PATHS

type Told = Pick<
  Operation,
  'id' | 'method' | 'path' | 'summary' | 'description' | 'answers' | 'problems' | 'body'
> & {
  permission: `collection:${'read' | 'write' | 'manage'}`
  /** What the path names. */
  of?: Named
  query?: z.ZodObject
  /** A body of JSON, and one that works. */
  input?: { description: string; schema: z.ZodType; example: unknown }
  /** What follows the path in the example, or all of it where the path is not enough. */
  example?: { query?: string; more?: string }
}

function problemsOf({ of = 'none', query, input, body }: Partial<Told>): Record<number, string> {
  const problems: Record<number, string> = {}
  if (of !== 'none') problems[404] = `There is no such ${of} in this workspace.`
  if (query || body) problems[400] = 'A parameter is not understood.'
  if (!input) return problems
  problems[400] = 'A field is missing or not possible; `errors` says which and why.'
  problems[413] = 'The body is too large.'
  return problems
}

/** One operation of collection, with the problems that follow from what it takes. */
export function collectionOperation({
  of = 'none',
  query,
  input,
  example = {},
  problems,
  ...told
}: Told): Operation {
  const path = PATHS[of]
  const url = `"$SPOOR${told.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => EXAMPLES[name] ?? '')}${example.query ?? ''}"`
  const method =
    told.method === 'GET' || (told.method === 'POST' && (input || told.body)) ? [] : ['-X', told.method]
  const sent = input ? [`-H "Content-Type: ${JSON_TYPE}"`, `\\\n  -d '${JSON.stringify(input.example)}'`] : []
  return {
    tag: 'Collection',
    ...told,
    ...((path || query) && { parameters: { ...(path && { path }), ...(query && { query }) } }),
    ...(input && {
      body: { description: input.description, required: true, content: { [JSON_TYPE]: input.schema } },
    }),
    problems: { ...problemsOf({ of, query, input, body: told.body }), ...problems },
    example: [...method, url, ...sent, ...(example.more ? [example.more] : [])].join(' '),
  }
}
