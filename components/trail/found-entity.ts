import type { EntitySummary } from '@/lib/ledger/entities/entity-view'

/** What the filter by entities shows of one. */
export type FoundEntity = Pick<EntitySummary, 'id' | 'type' | 'key' | 'displayName' | 'note'>
