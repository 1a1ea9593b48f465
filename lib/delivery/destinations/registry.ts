import type { DestinationKind } from './contract'
import { httpKind } from './http/http-kind'

/** Every kind of destination, by the name that its rows carry. */
export const destinationKinds: Readonly<Record<string, DestinationKind>> = { http: httpKind }

/** Throws if a row names a kind that this version doesn't have, such as after a downgrade. */
export function destinationKind(name: string): DestinationKind {
  const kind = destinationKinds[name]
  if (!kind) throw new Error(`this version of Spoor has no destinations of the kind ${name}`)
  return kind
}
