import { createResponse } from '@/lib/http/create-response'

/** RFC 8187: what is not of these is written as its bytes in UTF-8. */
const encodeName = (name: string) =>
  encodeURIComponent(name).replaceAll(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`)

/** CSV as a file to be saved. Its name may have any letters. */
export function csvFile(content: string, name: string): Response {
  const plain = name.replaceAll(/[^\w.-]/g, '_')
  return createResponse(content, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeName(name)}`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}
