import { openSecrets } from './destination-secrets'
import type { DestinationKind, OpenDestination, Secrets, Settings } from './destinations/contract'
import { destinationKind } from './destinations/registry'
import type { LeasedStream } from './lease-stream'
import { type MaskingRule, maskingRulesSchema } from './masking/masking-rule'

/** What a stream's destination is at the beginning of a turn. */
export type OpenStream = {
  kind: DestinationKind
  destination: OpenDestination
  format: Settings
  masking: readonly MaskingRule[]
  carriesMatches: boolean
  secrets: Secrets
}

/** Reads configuration and secrets anew at each turn, so that an edit counts from the next one. */
export function openStream(stream: LeasedStream): OpenStream {
  const kind = destinationKind(stream.kind)
  const destination = kind.open(stream.config)
  return {
    kind,
    destination,
    format: destination.format(stream.tenantSlug),
    masking: maskingRulesSchema.parse(stream.masking),
    carriesMatches: stream.carriesMatches,
    secrets: openSecrets(stream, stream),
  }
}
