import type { FieldDeclaration, GeneratedValue } from '@/lib/delivery/destinations/fields'
import { destinationKind, type KindName } from '@/lib/delivery/destinations/registry'
import { type DestinationRole, kindsOf } from '@/lib/delivery/destinations/roles'

/** A kind of destination or channel as people choose it; plain JSON. */
export type KindDescription = {
  name: KindName
  label: string
  summary: string
  promise: string
  fields: readonly FieldDeclaration[]
  /** What Spoor makes, among a destination’s `fields`. */
  generated: readonly GeneratedValue[]
}

/** Every kind of a role, in the order in which they are offered. Touches no tenant's data. */
export function describeKinds(role: DestinationRole = 'forwarding'): KindDescription[] {
  return kindsOf(role).map((name) => {
    const { label, summary, promise, fields, generated = [] } = destinationKind(name)
    return { name, label, summary, promise, fields, generated }
  })
}
