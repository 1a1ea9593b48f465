/** Every reason for which the verifier says no. */
export type Reason =
  // the file itself
  | 'malformed'
  | 'duplicate_member'
  | 'truncated'
  | 'nothing_to_check'
  // who signed
  | 'unknown_log'
  | 'note_malformed'
  | 'log_signature_missing'
  | 'signature_invalid'
  | 'quorum_missing'
  // which events
  | 'event_missing'
  | 'event_out_of_order'
  | 'event_repeated'
  | 'event_unexpected'
  | 'event_malformed'
  | 'proof_missing'
  | 'inclusion_invalid'
  | 'range_proof_invalid'
  | 'root_mismatch'
  // history
  | 'consistency_invalid'
  | 'consistency_missing'
  | 'older_checkpoint'
  | 'rolled_back'
  | 'fork'
  | 'stale'
  // time
  | 'back_dated'
  | 'post_dated'
  // erasure
  | 'seed_kept'
  | 'redaction_unexplained'
  // what others say, what is served
  | 'anchor_invalid'
  | 'tile_mismatch'
  | 'entry_mismatch'
  | 'not_served'
  // objects of a bucket
  | 'digest_missing'
  | 'digest_invalid'
  | 'object_missing'
  | 'object_altered'
  | 'object_unexpected'
  // a check that could not be made, and was not allowed to be left out
  | 'skipped'

/** The verifier's no. Everything else that is thrown means that it could not check. */
export class Refusal extends Error {
  override readonly name = 'Refusal'

  constructor(
    readonly reason: Reason,
    message: string,
  ) {
    super(message)
  }
}

export function refuse(reason: Reason, message: string): never {
  throw new Refusal(reason, message)
}
