import type { z } from 'zod'
import { parseInput } from '@/lib/errors/parse-input'
import { HeldBytes } from '@/lib/trail/receive/held-bytes'
import { readJson } from '@/lib/trail/receive/read-body'

/** The JSON body of a request as the schema wants it. Throws `invalid`, `too_large` or `unavailable`. */
export async function readRequest<Output>(
  request: Request,
  schema: z.ZodType<Output> | ((body: unknown) => z.ZodType<Output>),
): Promise<Output> {
  const held = new HeldBytes()
  try {
    const body = await readJson(request, held)
    return parseInput(typeof schema === 'function' ? schema(body) : schema, body)
  } finally {
    held.release()
  }
}
