import type { DestinationKind } from './contract'
import { datadogKind } from './datadog/datadog-kind'
import { desktopKind } from './desktop/desktop-kind'
import { emailKind } from './email/email-kind'
import { httpKind } from './http/http-kind'
import { s3Kind } from './s3/s3-kind'
import { splunkKind } from './splunk/splunk-kind'
import { syslogKind } from './syslog/syslog-kind'
import { webhookKind } from './webhook/webhook-kind'

/** Every kind of destination, by the name that its rows carry. */
export const destinationKinds = {
  http: httpKind,
  splunk: splunkKind,
  datadog: datadogKind,
  s3: s3Kind,
  syslog: syslogKind,
  email: emailKind,
  webhook: webhookKind,
  desktop: desktopKind,
} satisfies Record<string, DestinationKind>

export type KindName = keyof typeof destinationKinds
export const KIND_NAMES = Object.keys(destinationKinds) as [KindName, ...KindName[]]

/** Throws if a row names a kind that this version doesn't have, such as after a downgrade. */
export function destinationKind(name: string): DestinationKind {
  const kind = Object.hasOwn(destinationKinds, name) && destinationKinds[name as KindName]
  if (!kind) throw new Error(`this version of Spoor has no destinations of the kind ${name}`)
  return kind
}
