import { AppError } from '@/lib/errors/app-error'
import { isStorableText } from '@/lib/errors/parse-input'
import { isEntityType } from '@/lib/ledger/entity-types'
import { foldText } from '@/lib/ledger/fold-text'
import type { EntitySummary } from './entity-view'

/** Behind which entity a page begins, in the order of type and key. */
type EntityPlace = { type: string; fold: string }

/** Opaque to clients, so that it can change without breaking them. */
export const encodePlace = ({ type, key }: EntitySummary): string =>
  Buffer.from(`${type} ${foldText(key)}`).toString('base64url')

/** Throws `invalid` for anything that `encodePlace` did not make. */
export function decodePlace(text: string): EntityPlace {
  const [type = '', ...fold] = Buffer.from(text, 'base64url').toString().split(' ')
  if (isEntityType(type) && isStorableText(fold.join(' '))) return { type, fold: fold.join(' ') }
  const violations = [{ pointer: '/after', code: 'invalid', detail: 'is not a place of this list' }]
  throw new AppError('invalid', 'The place is not understood. Begin again without it.', { violations })
}
