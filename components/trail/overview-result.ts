import type { EntityFacets } from '@/lib/trail/entity-facets'
import type { Overview } from '@/lib/trail/overview'

/** People and organisations behind the actors; left out where there is no ledger, null where they could not be read. */
type WithEntities = Overview & { entities?: EntityFacets | null }

/** What a reader sees of a whole filter, or the reference under which its failure was logged. */
export type OverviewResult = { ok: true; overview: WithEntities } | { ok: false; reference: string }
