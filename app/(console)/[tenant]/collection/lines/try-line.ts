import { z } from 'zod'
import type { TenantScope } from '@/lib/access/scope'
import { previewLineSchema } from '@/lib/collection/lines/input'
import type { LinePreview } from '@/lib/collection/lines/line-view'
import { previewLine } from '@/lib/collection/lines/preview'
import { soundPart } from './sound-part'

/** The definition as it is while somebody writes it. */
export const tryLineSchema = previewLineSchema
  .pick({ sample: true, id: true })
  .extend({ definition: z.unknown() })

/** What a line makes of a sample as far as it is written, and all that is wrong with it. */
export async function tryLine(
  scope: TenantScope,
  { definition: draft, sample, id }: z.output<typeof tryLineSchema>,
): Promise<LinePreview> {
  const { definition, problems } = soundPart(draft)
  if (!definition) return { steps: [], events: [], rejects: [], problems }
  const preview = await previewLine(scope, { definition, sample, id })
  if (problems.length === 0) return preview
  // Of a part the target was not looked at.
  const others = preview.problems.filter(({ path }) => path[0] !== 'target')
  return { steps: preview.steps, events: [], rejects: [], problems: [...others, ...problems] }
}
