import { z } from 'zod'

/** Longer ones don't fit on the button that names the open view. */
const MAX_NAME_LENGTH = 80
/** A view is an address, and proxies take 8 KiB of those by default. */
const MAX_QUERY_LENGTH = 7_500
/** Views that one person keeps in a workspace: the menu lists them all. */
export const MAX_OWN_VIEWS = 100

const id = z.uuid({ error: 'There is no such view.' })
const name = z
  .string({ error: 'Give the view a name.' })
  .trim()
  .min(1, 'Give the view a name.')
  .max(MAX_NAME_LENGTH, `At most ${MAX_NAME_LENGTH} characters.`)
const query = z
  .string()
  .max(MAX_QUERY_LENGTH, `The filter is too long to be kept: at most ${MAX_QUERY_LENGTH} characters.`)
const visibility = z.enum(['own', 'shared'], { error: 'Choose who sees it.' })

export const createViewSchema = z.strictObject({
  name,
  query: query.default('').describe('The query string of the trail page, without a question mark.'),
  visibility: visibility.default('own'),
  /** A checkbox sends `on`. */
  isDefault: z
    .union([z.boolean(), z.literal('on').transform(() => true)])
    .default(false)
    .describe('Whether the trail opens with it for who makes it.'),
})
export type CreateView = z.output<typeof createViewSchema>

/** What is left out stays. */
export const updateViewSchema = z.strictObject({
  id,
  name: name.optional(),
  query: query.optional(),
  visibility: visibility.optional(),
})
export type UpdateView = z.output<typeof updateViewSchema>

export const viewIdSchema = z.strictObject({ id })
export type ViewId = z.output<typeof viewIdSchema>

/** Without an id the trail opens unfiltered again. */
export const setDefaultViewSchema = z.strictObject({
  id: id.optional(),
  whose: z.enum(['me', 'workspace']).default('me'),
})
export type SetDefaultView = z.output<typeof setDefaultViewSchema>
