import type { Settings } from '@/lib/delivery/destinations/contract'
import { destinationKind } from '@/lib/delivery/destinations/registry'
import { type MaskingRule, toMaskingTexts } from '@/lib/delivery/masking/masking-rule'
import type { TrailFilter } from '@/lib/trail/filter'
import { fromTrailFilter } from './destination-filter'

export type AuditedDestination = {
  kind: string
  config: unknown
  note: string
  secretNames: readonly string[]
  masking: readonly MaskingRule[]
  carriesMatches: boolean
  filter: TrailFilter
}

/** A configuration as the trail may show it: of secrets only which a person gave, of a URL only its origin. */
export function auditFacts({
  kind,
  config,
  note,
  secretNames,
  masking,
  carriesMatches,
  filter,
}: AuditedDestination): Settings {
  const { fields, open } = destinationKind(kind)
  return {
    kind,
    ...open(config).publicValues(),
    note,
    secrets: secretNames.filter((secret) => fields.some(({ name }) => name === secret)),
    masking: toMaskingTexts(masking),
    carriesMatches,
    ...fromTrailFilter(filter),
  }
}
