import type { z } from 'zod'
import { MAX_TABLE_BYTES } from '@/lib/collection/tables/input'
import { readRequest } from '@/lib/erasure/read-request'
import { AppError } from '@/lib/errors/app-error'
import { HeldBytes } from '@/lib/trail/receive/held-bytes'
import { readBody } from '@/lib/trail/receive/read-body'
import { tableContentSchema } from './table-queries'

type TableBody = z.output<typeof tableContentSchema>

const typeOf = ({ headers }: Request) =>
  (headers.get('content-type') ?? '').replace(/;.*/, '').trim().toLowerCase()

/** Whether a body is JSON, CSV, or what else it says to be. */
export function tableBodyType(request: Request): 'json' | 'csv' | undefined {
  const type = typeOf(request)
  if (type === 'application/json') return 'json'
  return type === 'text/csv' || type === 'text/plain' ? 'csv' : undefined
}

/** The rows of a table from a request, CSV or JSON. Throws `invalid`, `too_large` or `unavailable`. */
export async function readTableBody(request: Request, type: 'json' | 'csv'): Promise<TableBody> {
  if (type === 'json') return readRequest(request, tableContentSchema)
  const held = new HeldBytes()
  try {
    const chunks: Buffer[] = []
    let bytes = 0
    for await (const chunk of readBody(request)) {
      bytes += chunk.length
      if (bytes > MAX_TABLE_BYTES)
        throw new AppError(
          'too_large',
          `A table has at most ${MAX_TABLE_BYTES} bytes. Leave out what no line looks up.`,
        )
      held.take(chunk.length)
      chunks.push(chunk)
    }
    // Letters that are not UTF-8 become U+FFFD, which the table's check refuses with their row.
    return { content: new TextDecoder().decode(Buffer.concat(chunks)) }
  } finally {
    held.release()
  }
}
