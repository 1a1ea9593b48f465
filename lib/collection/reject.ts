/** Why a row did not become an event: closed, because people filter by it and scripts act on it. */
export const REJECT_CODES = [
  // The file: see lib/collection/reading.
  'wrong_encoding',
  'nul_byte',
  'too_few_cells',
  'too_many_cells',
  'unclosed_quote',
  'stray_quote',
  'row_too_long',
  // The steps of a line.
  'expression_failed',
  'expression_too_slow',
  'no_match',
  'unknown_event_id',
  'too_many_properties',
  'table_template_failed',
  // The log target and the door into the trail.
  'field_missing',
  'field_invalid',
  'date_invalid',
  'count_invalid',
  'status_unknown',
  'target_type_unknown',
  'mandant_unknown',
  'event_refused',
] as const
export type RejectCode = (typeof REJECT_CODES)[number]

/** What is wrong with a row, where, and what to do. */
export type Reject = {
  code: RejectCode
  /** For people, one or two sentences. */
  reason: string
  /** The column, attribute or target field that it is about. */
  column?: string
  /** What stands there; cut to `MAX_SHOWN_VALUE`. */
  value?: string
}

/** Enough to recognise a value; the whole row is kept beside it. */
export const MAX_SHOWN_VALUE = 200
