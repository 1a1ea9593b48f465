import { z } from 'zod'
import { scheduleProblem } from './schedule'

const MAX_NAME_LENGTH = 80
const MAX_NOTE_LENGTH = 500
/** Silos of one plan; a workspace has at most some hundred. */
const MAX_SILOS = 100
const MAX_PAGE_SIZE = 200
const DEFAULT_PAGE_SIZE = 20

const id = z.uuid({ error: 'There is no such plan.' })
const name = z
  .string({ error: 'Give the plan a name.' })
  .trim()
  .min(1, 'Give the plan a name.')
  .max(MAX_NAME_LENGTH, `At most ${MAX_NAME_LENGTH} characters.`)
const note = z.string().trim().max(MAX_NOTE_LENGTH, `At most ${MAX_NOTE_LENGTH} characters.`)
const silos = z
  .array(z.string().min(1), { error: 'Choose the silos, in their order.' })
  .min(1, 'Choose at least one silo.')
  .max(MAX_SILOS, `At most ${MAX_SILOS} silos.`)
  .refine((names) => new Set(names).size === names.length, 'Each silo at most once.')
  .describe('Names of silos, in the order in which they are collected.')
const schedule = z
  .string()
  .trim()
  .check((ctx) => {
    const problem = ctx.value === '' ? undefined : scheduleProblem(ctx.value)
    if (problem) ctx.issues.push({ code: 'custom', message: problem, input: ctx.value })
  })
  .describe("Cron expression of five fields by the workspace's clock; empty: only when somebody says so.")
/** A checkbox sends `on`. */
const enabled = z.union([z.boolean(), z.literal('on').transform(() => true)])

export const createPlanSchema = z.strictObject({
  name,
  note: note.default(''),
  silos,
  schedule: schedule.nullish(),
  enabled: enabled.default(true),
})
export type CreatePlan = z.output<typeof createPlanSchema>

/** What is left out stays. */
export const updatePlanSchema = z.strictObject({
  id,
  name: name.optional(),
  note: note.optional(),
  silos: silos.optional(),
  schedule: schedule.nullish(),
  enabled: enabled.optional(),
  unchangedSince: z.iso
    .datetime({ offset: true })
    .optional()
    .describe('`updatedAt` as it was read: a `conflict` tells of changes by others since then.'),
})
export type UpdatePlan = z.output<typeof updatePlanSchema>

export const planIdSchema = z.strictObject({ id })
export type PlanId = z.output<typeof planIdSchema>

export const listExecutionsSchema = z.strictObject({
  id,
  after: z.string().optional().describe('`next` of an earlier page.'),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE_SIZE).default(DEFAULT_PAGE_SIZE),
})
export type ListExecutions = z.output<typeof listExecutionsSchema>
