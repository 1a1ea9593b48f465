import { AppError } from '@/lib/errors/app-error'
import { MAX_CONTENT_BYTES } from '@/lib/ledger/imports/limits'
import { tooLarge, unpack } from '@/lib/ledger/imports/unpack'
import { HeldBytes } from '@/lib/trail/receive/held-bytes'
import { readBody } from '@/lib/trail/receive/read-body'

/**
 * Runs with the whole body of an import, unpacked: gzip is told by `Content-Encoding` or by its first bytes. Throws
 * `too_large`, `invalid` or `unavailable`.
 */
export async function withImportBody<T>(request: Request, run: (content: Buffer) => Promise<T>): Promise<T> {
  const held = new HeldBytes()
  try {
    return await run(await readContent(request, held))
  } finally {
    held.release()
  }
}

async function readContent(request: Request, held: HeldBytes): Promise<Buffer> {
  if (/^multipart\//i.test(request.headers.get('content-type')?.trim() ?? ''))
    throw new AppError('invalid', 'This is a form. Send the file itself as the body.')
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of readBody(request)) {
    bytes += chunk.length
    if (bytes > MAX_CONTENT_BYTES) throw tooLarge()
    held.take(chunk.length)
    chunks.push(Buffer.from(chunk))
  }
  const whole = Buffer.concat(chunks)
  const content = await unpack(whole)
  if (content !== whole) held.take(content.length)
  return content
}
