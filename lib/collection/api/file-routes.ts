import { json, type Params } from '@/lib/api/route-parts'
import { answerFileContent } from '@/lib/collection/files/answer-content'
import { collectFileAgain } from '@/lib/collection/files/collect-again'
import { getFile } from '@/lib/collection/files/get'
import { filePageSchema } from '@/lib/collection/files/input'
import { listFiles } from '@/lib/collection/files/list'
import { readSample } from '@/lib/collection/files/read-sample'
import { receiveFile } from '@/lib/collection/files/receive'
import { removeFile } from '@/lib/collection/files/remove'
import { apiRoute } from '@/lib/http/api-route'
import { parseQuery } from '@/lib/integrity/log/parse-query'
import { removeFileQuerySchema, sampleQuerySchema, uploadQuerySchema } from './file-queries'
import { readUpload } from './read-upload'
import { ofFile, ofSilo } from './route-parts'
import { runForFile } from './run-for-file'

export const fileRoutes = {
  all: apiRoute<Params>({
    GET: ofSilo.lookWith(filePageSchema, ({ scope, path }, query) =>
      listFiles(scope, { ...query, silo: path.name }),
    ),

    /** The body is the file: it is never held in memory. */
    POST: ofSilo.send('collection:write', async ({ scope, path, request }) => {
      const { name, collect } = parseQuery(request, uploadQuerySchema)
      const silo = path.name
      const { file, duplicate } = await receiveFile(scope, { silo, name, bytes: readUpload(request) })
      const run = collect ? await runForFile(scope, silo) : null
      return json(
        { file, duplicate, run },
        {
          status: duplicate ? 200 : 201,
          headers: { location: `/api/v1/silos/${silo}/files/${file.id}` },
        },
      )
    }),
  }),

  one: apiRoute<Params>({
    GET: ofFile.look(({ scope, path: { name, id } }) => getFile(scope, { silo: name, id })),
    DELETE: ofFile.act('collection:write', ({ scope, path: { name, id }, request }) =>
      removeFile(scope, { silo: name, id, ...parseQuery(request, removeFileQuerySchema) }),
    ),
  }),

  content: apiRoute<Params>({
    GET: ofFile.send('collection:read', ({ scope, path: { name, id } }) =>
      answerFileContent(scope, { silo: name, id }),
    ),
  }),

  sample: apiRoute<Params>({
    GET: ofFile.lookWith(sampleQuerySchema, ({ scope, path: { name, id } }, { rows }) =>
      readSample(scope, { silo: name, id, rows }),
    ),
  }),

  collectAgain: apiRoute<Params>({
    POST: ofFile.act('collection:write', ({ scope, path: { name, id } }) =>
      collectFileAgain(scope, { silo: name, id }),
    ),
  }),
}
