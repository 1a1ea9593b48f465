import type { z } from 'zod'
import type { Operation } from '@/lib/api/operation'
import { type DestinationRole, ROLE_WORDS } from '@/lib/delivery/destinations/roles'
import { destinationPathSchema } from './destination-routes'

const JSON_TYPE = 'application/json'
const SOME_ID = '019a9d0c-0000-4000-8000-000000000000'

export type Problems = Record<number, string>
const NONE: Problems = {}
export const INPUT_PROBLEMS: Problems = {
  400: 'A field is missing or not possible; `errors` says which and why.',
  413: 'The body is too large.',
}
const QUERY_PROBLEMS: Problems = { 400: 'A parameter is not understood.' }
export const CROWD: Problems = { 429: 'This workspace is searched by too many at once.' }

export const json = (description: string, schema: z.ZodType) => ({
  description,
  content: { [JSON_TYPE]: schema },
})
export const body = (description: string, schema: z.ZodType) => ({
  ...json(description, schema),
  required: true,
})
export const sendJson = `-H "Content-Type: ${JSON_TYPE}"`

type Told = Pick<Operation, 'id' | 'summary' | 'description' | 'answers' | 'problems'>
type Reading = Told & { part: string; query?: z.ZodObject }
type Act = Told & { part: string; input?: { description: string; schema: z.ZodType; example: string } }

/** What all operations of one role have in common. Names of channels' operations say that they are theirs. */
export function operationPartsOf(role: DestinationRole) {
  const { noun, title } = ROLE_WORDS[role]
  const isChannel = role === 'channel'
  const path = `/api/v1/${noun}s`
  const one = `${path}/${SOME_ID}`
  const tag: Operation['tag'] = isChannel ? 'Channels' : 'Forwarding'
  /** Where one more would be too many. */
  const full: Problems = isChannel ? { 409: 'There are 100 channels.' } : NONE
  const notFound: Problems = { 404: `There is no such ${noun} in this workspace.` }
  /** `list` and `Replays` make `listReplays`, or `listChannelReplays`. */
  const idOf = (verb: string, what: string) => `${verb}${isChannel ? title : ''}${what}`

  const reading = ({ part, query, problems, ...rest }: Reading): Operation => ({
    tag,
    method: 'GET',
    path: `${path}/{id}/${part}`,
    permission: 'destinations:read',
    parameters: { path: destinationPathSchema, ...(query && { query }) },
    problems: { ...notFound, ...(query ? QUERY_PROBLEMS : NONE), ...problems },
    example: `"$SPOOR${one}/${part}"`,
    ...rest,
  })

  const act = ({ part, input, problems, ...rest }: Act): Operation => ({
    tag,
    method: 'POST',
    path: `${path}/{id}/${part}`,
    permission: 'destinations:manage',
    parameters: { path: destinationPathSchema },
    ...(input && { body: body(input.description, input.schema) }),
    problems: { ...notFound, ...(input ? INPUT_PROBLEMS : NONE), ...problems },
    example: input
      ? `"$SPOOR${one}/${part}" ${sendJson} -d '${input.example}'`
      : `-X POST "$SPOOR${one}/${part}"`,
    ...rest,
  })

  return { noun, title, path, one, tag, full, notFound, idOf, reading, act }
}
