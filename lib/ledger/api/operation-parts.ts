import { operationsOf } from '@/lib/api/describe-operation'
import { idPathSchema } from '@/lib/api/route-parts'

/** One operation of the ledger or of matching. */
export const ledgerOperation = operationsOf({
  tag: 'Ledger',
  paths: { entity: idPathSchema, import: idPathSchema, rule: idPathSchema, policy: idPathSchema },
  names: { id: '019a9d0c-0000-4000-8000-000000000000' },
})

/** What searches the trail or the ledger for long may be too much. */
export const CROWD = { 429: 'This workspace is searched by too many at once.' }
