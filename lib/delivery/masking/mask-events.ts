import type { ForwardedEvent } from '@/lib/delivery/forwarded-event'
import { maskEvent } from './mask-event'
import type { MaskingRule } from './masking-rule'

/** The events as a destination with these rules may see them. Throws where rules have no key, which is a bug. */
export function maskEvents(
  events: readonly ForwardedEvent[],
  rules: readonly MaskingRule[],
  key: string | undefined,
): readonly ForwardedEvent[] {
  if (rules.length === 0) return events
  if (!key) throw new Error('A destination with masking rules has no masking key.')
  return events.map((event) => maskEvent(event, rules, key))
}
