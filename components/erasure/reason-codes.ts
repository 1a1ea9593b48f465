import type { ReasonCode } from '@/lib/erasure/input'

/** Why values are erased, in words for people; the code is what stands in the trail. */
export const REASON_WORDS: Record<ReasonCode, string> = {
  data_subject_request: 'Somebody asked for their data to be erased',
  legal_obligation: 'The law demands it',
  secret_leaked: 'A secret got into the event',
  mistake: 'It was sent by mistake',
  other: 'Another reason',
}
