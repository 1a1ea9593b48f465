/** What one log file may have, unpacked: far above a day of a large fleet, and a bound for what a bomb costs. */
export const MAX_FILE_BYTES = 20 * 2 ** 30

/** Of the content that is kept as one row: a statement of some ten milliseconds, and little to read in vain. */
export const PIECE_BYTES = 2 ** 20

/** Files of a silo that wait: names and places of more are a list that nobody looks through. */
export const MAX_WAITING_FILES = 10_000

/** Files that one process takes from a workspace at a time: each holds some MiB of memory on its way. */
export const MAX_ARRIVING_FILES = 8

/** As most file systems have it, in letters; keys of objects may have folders in front. */
export const MAX_NAME_LENGTH = 255
export const MAX_PLACE_LENGTH = 1024
