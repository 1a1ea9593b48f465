import type { RejectCode } from '@/lib/collection/reject'

/**
 * Rows whose kept text is not what stands in the file: an event of it would say something that the log never said.
 * They are collected with their file, once it is read with the right encoding.
 */
export const UNREPEATABLE_CODES: RejectCode[] = ['wrong_encoding', 'nul_byte', 'row_too_long']
