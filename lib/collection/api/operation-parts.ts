import { operationsOf } from '@/lib/api/describe-operation'
import { idPathSchema } from '@/lib/api/route-parts'
import { filePathSchema, siloPathSchema } from './route-parts'

/** One operation of collection. */
export const collectionOperation = operationsOf({
  tag: 'Collection',
  paths: {
    silo: siloPathSchema,
    file: filePathSchema,
    run: idPathSchema,
    line: idPathSchema,
    table: idPathSchema,
    plan: idPathSchema,
  },
  names: { name: 'windows-security', id: '019a9d0c-0000-4000-8000-000000000000' },
})
