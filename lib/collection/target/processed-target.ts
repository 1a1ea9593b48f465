import { TARGET_FIELDS } from '@/lib/trail/export/target-fields'
import type { TargetMapping } from './compile-target'

/** The mapping that follows a log processing step: each field from the attribute of its name. */
export function processedTarget(): TargetMapping {
  return Object.fromEntries(TARGET_FIELDS.map((name) => [name, `{log_${name}}`]))
}
