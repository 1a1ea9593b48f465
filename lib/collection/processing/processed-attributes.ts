import { TARGET_FIELDS } from '@/lib/trail/export/target-fields'

/** The attributes that a log processing step adds to each row: `log_mandant` … `log_custom19`, in the target's order. */
export const PROCESSED_ATTRIBUTES: readonly string[] = TARGET_FIELDS.map((name) => `log_${name}`)
