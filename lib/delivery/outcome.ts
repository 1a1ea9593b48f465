import type { Settings } from './destinations/contract'

type Told = {
  /** What happened and what to do, for people. */
  message: string
  status?: number
  /** The receiver's own words, at most 4 KiB. */
  answer?: string
  ms: number
  /** What was asked, in a line and without secrets: `POST https://… 412 kB`. */
  request?: string
  /** What was learned about the receiver, to be remembered with the stream. */
  capabilities?: Settings
}

/**
 * What became of one try. `failed` is the receiver's failure: hold the cursor and come back. `refused` is the
 * events': the same batch will never be taken. `accepted` is delivered once the receiver
 * acknowledges it under `ackId`. `gone` asks us to stop for good; `aborted` was our own stop.
 */
export type Outcome =
  | (Told & { verdict: 'delivered' })
  | (Told & { verdict: 'accepted'; ackId: string })
  /** `taken`: so many events at the beginning arrived all the same. `mayBeTooLarge`: no answer in time, or a cut connection, which fewer events may mend. */
  | (Told & { verdict: 'failed'; taken?: number; retryAfterMs?: number; mayBeTooLarge?: boolean })
  /** `index` is the first event that the receiver named as bad, counted from 0. */
  | (Told & { verdict: 'refused'; taken?: number; index?: number })
  | (Told & { verdict: 'gone' })
  | (Told & { verdict: 'aborted' })

/** Whether what was sent may be at the receiver now: only an answer that says no (3xx, 4xx) rules it out. Pure. */
export function mayHaveArrived({ verdict, status }: Outcome): boolean {
  if (verdict === 'delivered' || verdict === 'accepted' || status === undefined) return true
  return status < 300 || status >= 500
}
