export type MailCall = { timeoutMs: number; signal?: AbortSignal | undefined }

type Told = {
  /** What happened and what to do, for people. */
  message: string
  /** The server's reply code, or the status of an HTTP API. */
  status?: number
  /** The server's own words, at most 4 KiB. */
  answer?: string
  ms: number
}

/** An address that the server would not take, while it took the others. */
export type DroppedRecipient = { address: string; answer: string }

/**
 * What became of one letter. `failed` may be tried again, under the same Message-ID, since it may have arrived;
 * `misconfigured` stays so until somebody changes something: the recipients, where the server refused all of them.
 * `rejected` means this very letter.
 */
export type MailOutcome =
  | (Told & { verdict: 'sent'; dropped: DroppedRecipient[] })
  | (Told & { verdict: 'failed'; retryAfterMs?: number })
  | (Told & { verdict: 'misconfigured'; hasRefusedPeople?: true })
  | (Told & { verdict: 'rejected' })
  | (Told & { verdict: 'aborted' })
