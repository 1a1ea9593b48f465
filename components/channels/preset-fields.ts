import type { FieldValues } from '@/components/forwarding/field-values'
import type { ChannelPreset } from '@/lib/channels/presets'

/** The fields of a channel's form that a preset's rule fills in. */
export function presetFields({ rule }: Pick<ChannelPreset, 'rule'>): FieldValues {
  if (!rule) return { threshold: false }
  return {
    threshold: true,
    ruleCount: String(rule.count),
    ruleWithinSeconds: String(rule.withinSeconds),
    rulePer: rule.per,
    ruleQuietSeconds: String(rule.quietSeconds),
  }
}
