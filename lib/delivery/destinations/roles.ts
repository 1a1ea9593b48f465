import type { DestinationKind } from './contract'
import { destinationKind, KIND_NAMES, type KindName } from './registry'

/** Whether a destination sends events on to a system, or tells people: a channel. */
export type DestinationRole = DestinationKind['role']

/** By which words people know it; `type` is the one of targets in our own events, `page` where the console shows it. */
export const ROLE_WORDS = {
  forwarding: { noun: 'destination', title: 'Destination', type: 'destination', page: 'forwarding' },
  channel: { noun: 'channel', title: 'Channel', type: 'channel', page: 'channels' },
} as const satisfies Record<DestinationRole, Record<string, string>>

/** In the order in which they are offered. */
export const kindsOf = (role: DestinationRole): KindName[] =>
  KIND_NAMES.filter((name) => destinationKind(name).role === role)

/** One that goes along with another one belongs where that one is: e-mails about a storage are no channel. */
export const roleOf = ({
  kind,
  companionOf,
}: {
  kind: string
  companionOf: string | null
}): DestinationRole => (companionOf === null ? destinationKind(kind).role : 'forwarding')

/** The words for a stored row. */
export const wordsOf = (row: { kind: string; companionOf: string | null }) => ROLE_WORDS[roleOf(row)]
