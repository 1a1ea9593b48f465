import type { ConfiguredOrigin, OriginBefore } from '@/lib/collection/origins/configure-origin'
import type { OriginInput } from '@/lib/collection/origins/origin'
import { AppError } from '@/lib/errors/app-error'

/** Storages of others than AWS have no regions but want one in the signature: this is what they expect. */
const DEFAULT_REGION = 'us-east-1'

function complain(field: string, detail: string): never {
  const violations = [{ pointer: `/origin/${field}`, code: 'invalid', detail }]
  throw new AppError('invalid', 'Please check the marked fields.', { violations })
}

/** Throws `invalid` where the fields don't fit together, or the secret must be entered again. */
export function configureS3Origin(
  { secretAccessKey, endpoint, region, ...rest }: Extract<OriginInput, { kind: 's3' }>,
  before?: OriginBefore,
): ConfiguredOrigin {
  if (!region && !endpoint) complain('region', 'Name the region that the bucket is in, such as eu-central-1.')
  const old = before?.hasSecret && before.origin.kind === 's3' ? before.origin : undefined
  if (!secretAccessKey) {
    if (!old) complain('secretAccessKey', 'Give the secret that belongs to the access key.')
    if (old.accessKeyId !== rest.accessKeyId)
      complain('secretAccessKey', 'The access key is another one: give its secret as well.')
    // Or whoever may edit could have requests signed for a place of theirs.
    if ((old.endpoint ?? '') !== (endpoint ?? '') || old.bucket !== rest.bucket)
      complain('secretAccessKey', 'Enter it again: the bucket or its endpoint is another one.')
  }
  return {
    origin: { ...rest, region: region || DEFAULT_REGION, ...(endpoint && { endpoint }) },
    secret: secretAccessKey || undefined,
  }
}
