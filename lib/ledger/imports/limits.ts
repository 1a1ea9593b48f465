/** All people and accounts of a very large company; larger ones load theirs in parts, as deltas. */
export const MAX_ROWS = 250_000
/** Of those rows, some 250 bytes each. */
export const MAX_CONTENT_BYTES = 64 << 20
/** JSON is parsed in one go, during which the process does nothing else: 16 MiB are a tenth of a second. */
export const MAX_JSON_BYTES = 16 << 20
/** What is wrong, what may be, and what changes: as many as somebody reads. */
export const MAX_TOLD = 50
/** Columns of a file. Attributes of a record have a lower limit of their own. */
export const MAX_COLUMNS = 200
/** A preview holds people's data: who has not applied it after a day uploads it again. */
export const PREVIEW_HOURS = 24
/** Previews that wait at a time: each holds a file. Somebody who tries a file until it fits needs some. */
export const MAX_PREVIEWS = 20
