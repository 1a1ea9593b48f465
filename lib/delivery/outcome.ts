type Told = {
  /** What happened and what to do, for people. */
  message: string
  status?: number
  /** The receiver's own words, at most 4 KiB. */
  answer?: string
  ms: number
}

/**
 * What became of one try. `failed` is the receiver's failure: hold the cursor and come back. `refused` is the
 * events': the same batch will never be taken. `gone` asks us to stop for good; `aborted` was our own stop.
 */
export type Outcome =
  | (Told & { verdict: 'delivered' })
  /** `mayBeTooLarge`: no answer in time, or a cut connection, which fewer events may mend. */
  | (Told & { verdict: 'failed'; retryAfterMs?: number; mayBeTooLarge?: boolean })
  /** `index` is the first event that the receiver named as bad, counted from 0. */
  | (Told & { verdict: 'refused'; index?: number })
  | (Told & { verdict: 'gone' })
  | (Told & { verdict: 'aborted' })
