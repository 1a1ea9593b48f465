import { z } from 'zod'
import { setAliasesSchema } from '@/lib/workspaces/input'

/** One alias a line; an empty field is none. */
export const aliasesFormSchema = z
  .object({ aliases: z.string().default('') })
  .transform(({ aliases }) => ({ aliases: aliases.split('\n').filter((line) => line.trim() !== '') }))
  .pipe(setAliasesSchema)
