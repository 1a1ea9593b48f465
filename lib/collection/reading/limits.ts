/**
 * Bytes of the longest row that is read, without its end. An event may have 256 KiB, so nothing that long is a row of
 * a log: it is a file without line ends, or one that shall eat the memory.
 */
export const MAX_ROW_BYTES = 1 << 20

/** Columns that a file may have. What steps add comes on top, see the limit of attributes of a line. */
export const MAX_COLUMNS = 500

/** Letters of a column's name. */
export const MAX_COLUMN_NAME = 200

/** Of a file's beginning, to find out how it is read: some hundred rows of most logs. */
export const HEAD_BYTES = 256 << 10

/** What the reader decodes at once: a few milliseconds of work, and far more than most rows. */
export const BLOCK_BYTES = 256 << 10

/** How much of a row that is too long passes by until the caller hears of it again, so that it can renew a lease. */
export const SKIP_REPORT_BYTES = 16 << 20
