import { z } from 'zod'

export const matchedParameter = z
  .enum(['true', 'false'])
  .default('false')
  .describe(
    '`true` adds `matched`: what the ledger knows behind actor and targets, `{}` where that is nothing.',
  )
