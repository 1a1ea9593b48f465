import type { TenantScope } from '@/lib/access/scope'
import { estimateVolume, type Volume } from '@/lib/forwarding/estimate-volume'
import { estimateRule, type RuleEstimate } from './estimate-rule'
import type { EstimateChannel } from './input'

/** Events of the last seven days that a channel would tell of, and how often its rule would have fired. */
export type ChannelEstimate = Volume & { rule: RuleEstimate | null }

/** What a channel would have told of in the last seven days. Throws `invalid` where its filter is not understood. */
export async function estimateChannel(
  scope: TenantScope,
  { rule, ...chosen }: EstimateChannel,
): Promise<ChannelEstimate> {
  const volume = await estimateVolume(scope, chosen)
  return { ...volume, rule: rule ? await estimateRule(scope, { ...chosen, rule }) : null }
}
