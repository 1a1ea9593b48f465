import type { Reason } from '@/lib/integrity/verify/refusal'

/** One thing that was found: `at` marks a value that is a moment. */
export type Finding = { name: string; text: string; at?: string }

/** What a check answers; `unknown`: it could not be made, which is no answer about the events. */
export type Verdict =
  | { answer: 'yes'; kind: 'bundle' | 'proof'; findings: Finding[] }
  | { answer: 'no'; reason: Reason; message: string }
  | { answer: 'unknown'; message: string }
