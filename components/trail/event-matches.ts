import type { MatchedEvent } from '@/lib/ledger/matched/matched-event'
import type { MatchOrigins } from '@/lib/ledger/matched/read-match-origins'

/** What the ledger knows of an event, how, and whether its pages may be opened. */
export type EventMatches = { matched: MatchedEvent; origins: MatchOrigins; slug: string; mayRead: boolean }
