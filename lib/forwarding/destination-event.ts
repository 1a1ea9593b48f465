import type { Transaction } from '@/db/client'
import type { TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import type { OwnCodeName } from '@/lib/catalog/own-codes'
import { destinationKind } from '@/lib/delivery/destinations/registry'
import { ROLE_WORDS } from '@/lib/delivery/destinations/roles'
import type { DestinationRow } from './find-destination'

/**
 * Puts what a person did with a destination or channel into the trail, in the transaction that does it. `words` end
 * the sentence that begins with its name: `was paused`.
 */
export async function recordDestinationEvent(
  tx: Transaction,
  scope: TenantScope,
  { id, kind: kindName, config }: Pick<DestinationRow, 'id' | 'kind' | 'config'>,
  code: OwnCodeName,
  words: string,
  data?: Record<string, unknown>,
): Promise<void> {
  const kind = destinationKind(kindName)
  const { title, type } = ROLE_WORDS[kind.role]
  const name = kind.open(config).describe()
  await recordEvent(tx, scope, code, {
    message: `${title} ${name} ${words}`,
    targets: [{ type, name, id }],
    ...(data && { data }),
  })
}
