import { z } from 'zod'

export const fieldsParameter = z
  .enum(['native', 'target'])
  .default('native')
  .describe('`target` gives the 47 fields of a collection line under their own names, with `id` and `seq`.')
