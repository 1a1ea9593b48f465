import { z } from 'zod'
import { s3OriginFields } from './s3/s3-fields'

/** Longer paths are no folder that an operator gives to a workspace. */
const MAX_PATH_LENGTH = 1024

const upload = z.strictObject({ kind: z.literal('upload') })
const s3 = z.strictObject({ kind: z.literal('s3'), ...s3OriginFields })
const folder = z.strictObject({
  kind: z.literal('folder'),
  path: z
    .string({ error: 'Give the path of the folder on the server.' })
    .trim()
    .min(1, 'Give the path of the folder on the server.')
    .max(MAX_PATH_LENGTH, `At most ${MAX_PATH_LENGTH} characters.`)
    .describe('Below a folder that the operator allowed to this workspace (SPOOR_COLLECT_FOLDERS).'),
})

/** Where a silo's files come from, as a person enters it. */
export const originSchema = z.discriminatedUnion('kind', [upload, s3, folder], {
  error: 'Choose upload, s3 or folder.',
})
export type OriginInput = z.output<typeof originSchema>

/** A prefix of a bucket, as it is stored and shown. */
export type S3Origin = {
  kind: 's3'
  bucket: string
  region: string
  /** Where not at AWS. */
  endpoint?: string
  pathStyle: boolean
  /** What the keys begin with; empty for the whole bucket. */
  prefix: string
  accessKeyId: string
}
/** A folder of the server; an absolute path. */
export type FolderOrigin = { kind: 'folder'; path: string }

/** Where a silo's files come from, as it is stored and shown: without the secret access key. */
export type Origin = { kind: 'upload' } | S3Origin | FolderOrigin
