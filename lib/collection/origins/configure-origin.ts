import type { TenantScope } from '@/lib/access/scope'
import { configureFolder } from './folder/configure-folder'
import type { Origin, OriginInput } from './origin'
import { configureS3Origin } from './s3/configure-s3-origin'

/** The origin as it was before an edit. */
export type OriginBefore = { origin: Origin; hasSecret: boolean }

/** `secret`: a new one, null for none, undefined to keep the stored one. */
export type ConfiguredOrigin = { origin: Origin; secret: string | null | undefined }

/** What to store for what a person entered. Throws `invalid` where the fields don't fit together. */
export function configureOrigin(
  scope: TenantScope,
  input: OriginInput,
  before?: OriginBefore,
): ConfiguredOrigin {
  if (input.kind === 's3') return configureS3Origin(input, before)
  const origin = input.kind === 'folder' ? configureFolder(scope, input.path) : { kind: input.kind }
  return { origin, secret: null }
}
