import { type LineDefinition, lineDefinitionSchema } from '@/lib/collection/lines/definition'
import type { LineProblem } from '@/lib/collection/lines/line-view'

/** What of a definition can be tried while it is written, and what of it is not whole yet. */
export type SoundPart = { definition: LineDefinition | undefined; problems: LineProblem[] }

type Draft = { source?: unknown; steps?: unknown }

/** All of a definition; of one that is not whole the steps before the first that is not, without the target. */
export function soundPart(draft: unknown): SoundPart {
  const parsed = lineDefinitionSchema.safeParse(draft)
  if (parsed.success) return { definition: parsed.data, problems: [] }
  const problems = parsed.error.issues.map(
    ({ path, message }): LineProblem => ({
      path: path.map((part) => (typeof part === 'number' ? part : String(part))),
      message,
    }),
  )
  const broken = problems.flatMap(({ path: [part, at] }) =>
    part === 'steps' && typeof at === 'number' ? [at] : [],
  )
  const { source, steps } = draft && typeof draft === 'object' ? (draft as Draft) : {}
  const before = Array.isArray(steps) ? steps.slice(0, Math.min(...broken, steps.length)) : []
  const sound = lineDefinitionSchema.safeParse({ source, steps: before, target: {} })
  return { definition: sound.data, problems }
}
