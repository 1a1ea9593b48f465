import { z } from 'zod'
import { AppError } from '@/lib/errors/app-error'
import { parseInput } from '@/lib/errors/parse-input'
import { parseTrailQuery } from '@/lib/trail/parse-request'
import { HeldBytes } from '@/lib/trail/receive/held-bytes'
import { readJson } from '@/lib/trail/receive/read-body'
import type { EvidenceRequest, EvidenceSelection } from './request'

/** Chosen by hand or by a program; more is a filter's work. */
const MAX_IDS = 500
/** Old checkpoints of one reader. */
const MAX_SINCE = 20
/** A note with all signatures that the verifier takes has less. */
const MAX_NOTE = 16_384

const place = z.int().min(0)
const checkpoint = z.union([z.int().min(0), z.string().min(1).max(MAX_NOTE)])
const since = z
  .union([checkpoint.transform((one) => [one]), z.array(checkpoint).max(MAX_SINCE)])
  .default([])
  .describe(
    'A checkpoint that you kept, or several, as their text or by size where it was kept here: the bundle proves to continue them.',
  )

/** The body of `POST /api/v1/evidence`. */
export const evidenceBodySchema = z
  .strictObject({
    from: place.optional().describe('First event of a complete range, by seq; else the first that is there.'),
    to: place.optional().describe('Where it ends, exclusive; else where the trail is sealed.'),
    ids: z.array(z.uuid()).min(1).max(MAX_IDS).optional().describe('Instead: events to prove one by one.'),
    since,
    under: place
      .optional()
      .describe(
        'Size of a kept checkpoint for the bundle to lead to, such as one that witnesses have cosigned; else the latest.',
      ),
  })
  .refine(({ ids, from, to }) => !ids || (from === undefined && to === undefined), {
    path: ['ids'],
    error: 'Name a range or ids, not both.',
  })

/** What stands in the query beside a filter. */
export const evidenceQuerySchema = z.object({
  since: z.array(z.string().max(MAX_NOTE)).max(MAX_SINCE).default([]).describe('As in the body.'),
})

const DIGITS = /^(0|[1-9]\d{0,15})$/
const toSince = (text: string): number | string => (DIGITS.test(text) ? Number(text) : text)

/** A filter, and `since`. Throws `invalid`. */
function parseFilterQuery(params: URLSearchParams): EvidenceRequest {
  const { filter, query } = parseTrailQuery(params, evidenceQuerySchema)
  return { selection: { kind: 'filter', filter }, since: query.since.map(toSince) }
}

/**
 * The query of the console's download: `from` and `to` as places in the trail name a complete range, so does no
 * parameter at all; everything else is a filter, whose `from` and `to` are moments.
 */
export function parseEvidenceQuery(params: URLSearchParams): EvidenceRequest {
  const others = [...params].filter(([name, value]) => name !== 'since' && value !== '')
  const isRange = others.every(([name, value]) => ['from', 'to'].includes(name) && DIGITS.test(value))
  if (!isRange) return parseFilterQuery(params)
  const { since } = parseFilterQuery(new URLSearchParams([...params].filter(([name]) => name === 'since')))
  const at = (name: string) => others.filter(([other]) => other === name).map(([, value]) => Number(value))
  const [from, to] = [at('from').at(-1), at('to').at(-1)]
  return { selection: { kind: 'range', from, to }, since }
}

/** Whether anything is sent: `curl -X POST` names no length, and its body is an empty stream. */
async function sendsBody(request: Request): Promise<boolean> {
  if (request.body === null) return false
  const length = request.headers.get('content-length')
  if (length !== null) return length !== '0'
  if (request.headers.has('transfer-encoding')) return true
  const reader = request.clone().body?.getReader()
  const first = await reader?.read()
  void reader?.cancel()
  return first?.done === false
}

/** The request of the API: a body, or a filter as query parameters. Throws `invalid`, also for both at once. */
export async function parseEvidenceRequest(request: Request): Promise<EvidenceRequest> {
  const params = new URL(request.url).searchParams
  const hasQuery = [...params.values()].some((value) => value !== '')
  const held = new HeldBytes()
  try {
    const hasBody = await sendsBody(request)
    if (hasQuery && hasBody)
      throw new AppError('invalid', 'Name events in the body or by a filter in the query, not by both.')
    if (hasQuery) return parseFilterQuery(params)
    const body = parseInput(evidenceBodySchema, hasBody ? await readJson(request, held) : {})
    const { ids, from, to, since, under } = body
    const selection: EvidenceSelection = ids ? { kind: 'ids', ids } : { kind: 'range', from, to }
    return { selection, since, under }
  } finally {
    held.release()
  }
}
