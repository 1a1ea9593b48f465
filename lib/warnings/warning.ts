import { z } from 'zod'
import type { OwnWay } from './own-way'

/** What a warning says. Everything in it may have been written by others, a receiver for example. */
export const warningWordsSchema = z.strictObject({
  /** One sentence. It stands in the bells, too, so it holds nothing of an event. */
  message: z.string(),
  /** For the letter: sentences on why, what it means and what to do. */
  details: z.array(z.string()),
  /** What a receiver said; taken out where an event that it got is erased. */
  answer: z.string().optional(),
  /** Where to look, below the workspace: `channels/…`. */
  link: z.strictObject({ label: z.string(), path: z.string() }),
})
export type WarningWords = z.infer<typeof warningWordsSchema>

/** Something of Spoor's own that whoever manages a workspace has to know. */
export type Warning = WarningWords & {
  /** The same for the same thing: it is told once. */
  key: string
  /** What is failing itself, and so can't tell of it. */
  except?: OwnWay | undefined
}
