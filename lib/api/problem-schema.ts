import { z } from 'zod'

/** Every error of the API: RFC 9457, with our reference. */
export const problemSchema = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int().min(400).max(599),
    detail: z.string().describe('What is wrong and what to do, in one sentence.'),
    reference: z.string().describe('By which the operator finds it in the log.'),
    errors: z.array(z.strictObject({ pointer: z.string(), code: z.string(), detail: z.string() })).optional(),
  })
  .meta({ id: 'Problem', description: 'An error (RFC 9457).' })

/** What every operation that wants a token may answer besides its own. */
export const COMMON_PROBLEMS: Record<number, string> = {
  401: 'No token, or one that is unknown, revoked or expired.',
  403: 'The token lacks the permission.',
  405: 'Another method than those that `allow` names.',
  503: 'The database is away. Try again after `retry-after` seconds.',
}
