import type { z } from 'zod'
import type { ImportAnswer } from '@/components/collection/lines/import-line-button'
import type { TenantScope } from '@/lib/access/scope'
import { importLine } from '@/lib/collection/lines/import'
import type { importLineSchema } from '@/lib/collection/lines/line-file'
import { AppError } from '@/lib/errors/app-error'

/** Imports a line; where something of a name is here already, the page asks whether to replace it. */
export async function importLineOrAsk(
  scope: TenantScope,
  input: z.output<typeof importLineSchema>,
): Promise<ImportAnswer> {
  try {
    return await importLine(scope, input)
  } catch (error) {
    if (error instanceof AppError && error.code === 'conflict' && !input.replaces)
      return { isConflict: true, message: error.message }
    throw error
  }
}
