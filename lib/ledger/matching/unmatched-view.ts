import { z } from 'zod'
import type { ShownEntity } from '@/lib/ledger/matched/matched-event'

const UNMATCHED_PAGE = 50
const MAX_PAGE = 200
const MAX_SEARCH_LENGTH = 200

export const listUnmatchedSchema = z.object({
  role: z.enum(['actor', 'target']).optional(),
  state: z.enum(['unmatched', 'ambiguous']).default('unmatched'),
  /** Of targets, as their events say. */
  type: z.string().max(MAX_SEARCH_LENGTH).optional(),
  /** Part of the name, its parent, identity or id, ignoring case. */
  q: z.string().trim().max(MAX_SEARCH_LENGTH).optional(),
  /** `next` of the page before. */
  after: z.string().max(MAX_SEARCH_LENGTH).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(UNMATCHED_PAGE),
})
export type ListUnmatched = z.input<typeof listUnmatchedSchema>

/** A name that events use and the ledger doesn't know, or knows several times. */
export type UnmatchedName = {
  role: 'actor' | 'target'
  type: string | null
  name: string | null
  parent: string | null
  identity: string | null
  refId: string | null
  /** Sources whose events have it. */
  origins: string[]
  events: number
  lastSeq: number
  /** When the last of them occurred; null if that event is gone. */
  lastAt: Date | null
  /** Of ambiguous ones: what fits. */
  candidates?: ShownEntity[]
}
export type UnmatchedPage = { names: UnmatchedName[]; next: string | null }
