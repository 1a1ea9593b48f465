import { apiRoute } from '@/lib/http/api-route'
import { readVerifierFile, VERIFIER_NAME } from './verifier-file'

/** The address stays when the file changes: it is asked for again after so long, and then mostly unchanged. */
const CACHE_CONTROL = 'public, max-age=300'

/** `GET /spoor-verify.mjs`: for anybody. */
export const verifierRoute = apiRoute({
  GET: async ({ headers }) => {
    const { bytes, sha256 } = await readVerifierFile()
    const etag = `"${sha256}"`
    const caching = { 'cache-control': CACHE_CONTROL, etag }
    if (headers.get('if-none-match')?.includes(etag))
      return new Response(null, { status: 304, headers: caching })
    return new Response(bytes, {
      headers: {
        ...caching,
        'content-type': 'text/javascript; charset=utf-8',
        'content-disposition': `attachment; filename="${VERIFIER_NAME}"`,
      },
    })
  },
})

/** `GET /spoor-verify.mjs.sha256`: for anybody, as `sha256sum -c` reads it. */
export const verifierHashRoute = apiRoute({
  GET: async () => {
    const { sha256 } = await readVerifierFile()
    return new Response(`${sha256}  ${VERIFIER_NAME}\n`, {
      headers: { 'cache-control': CACHE_CONTROL, 'content-type': 'text/plain; charset=utf-8' },
    })
  },
})
