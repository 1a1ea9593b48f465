import type { RejectCode } from '@/lib/collection/reject'

/** What is wrong, as short as a filter can say it. */
export const REJECT_WORDS: Record<RejectCode, string> = {
  wrong_encoding: 'wrong encoding',
  nul_byte: 'NUL byte',
  too_few_cells: 'too few cells',
  too_many_cells: 'too many cells',
  unclosed_quote: 'unclosed quote',
  stray_quote: 'stray quote',
  row_too_long: 'row too long',
  expression_failed: 'expression failed',
  expression_too_slow: 'expression too slow',
  no_match: 'no match in a table',
  unknown_event_id: 'unknown event id',
  too_many_properties: 'too many properties',
  table_template_failed: 'template of a table failed',
  field_missing: 'field missing',
  field_invalid: 'field invalid',
  date_invalid: 'date invalid',
  count_invalid: 'count invalid',
  status_unknown: 'status unknown',
  target_type_unknown: 'target type unknown',
  mandant_unknown: 'mandant unknown',
  event_refused: 'event refused',
}
