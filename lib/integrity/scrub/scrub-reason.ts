/** Every way in which a stored trail can differ from the log that was signed over it, each in a sentence for people. */
export const SCRUB_REASONS = {
  altered: 'The event is not the one that was sealed: its content, id, time or secrets were changed.',
  missing: 'The event was sealed and is gone from the database, although no time of retention explains it.',
  inserted: 'An event stands here that was never sealed; those behind it were moved.',
  swapped: 'The event was sealed at another place: events changed places.',
  back_dated: 'The event says that it was received at a time that the log rules out.',
  leaf_altered: 'The leaf hash that is stored beside the event is not the one that was sealed.',
  columns_altered: 'The columns that searches use say something else than the event itself, so searches lie.',
  erased_without_notice: 'Values of the event were erased, and no notice in the trail says by whom and why.',
  tile_altered: 'A tile of the log was changed: it is not what the hashes below and above it say.',
  tile_missing: 'A tile of the log is gone.',
  tile_unexpected: 'There is a tile that no tree of this size has.',
  head_altered: 'The head of the log was changed: size, root or edge are not those of its signed checkpoint.',
  truncated: 'The end of the trail was cut off: fewer events are there than were sealed.',
  rewritten: 'The log was rewritten and signed anew: it does not continue what was signed before.',
  checkpoint_forged: 'A checkpoint is not signed by a key of this log, or signs another tree than this.',
  key_altered: 'A key of this log was exchanged for another.',
  unreadable: 'This part of the trail can not even be read. The log of the server says why.',
} as const

export type ScrubReason = keyof typeof SCRUB_REASONS
