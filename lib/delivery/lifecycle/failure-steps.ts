/** Warnings come when nothing got through for so many hours: soon, after a night, after a weekend. */
export const WARN_AFTER_HOURS = [1, 24, 72] as const

/** Long enough for a receiver that broke before a weekend and a holiday. */
export const DISABLE_AFTER_DAYS = 5

/**
 * So many failures, each half a day or more after the one before, the first among them: a server that was off for a
 * week must not switch off what failed once before that and once after.
 */
export const MIN_SPACED_FAILURES = 3

/** `delivery_streams.warnings` once it was told that the stream is switched off. */
export const TOLD_DISABLED = WARN_AFTER_HOURS.length + 1
