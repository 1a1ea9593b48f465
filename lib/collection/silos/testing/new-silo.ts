import type { TenantScope } from '@/lib/access/scope'
import { createSilo } from '@/lib/collection/silos/create'
import { createSiloSchema } from '@/lib/collection/silos/input'
import type { SiloView } from '@/lib/collection/silos/silo-view'
import { parseInput } from '@/lib/errors/parse-input'

let silos = 0

/** A silo with a name of its own, made as from a request. */
export const newSilo = (
  scope: TenantScope,
  changes: Partial<typeof createSiloSchema._input> = {},
): Promise<SiloView> =>
  createSilo(scope, parseInput(createSiloSchema, { name: `silo-${++silos}`, ...changes }))

/** Content in parts, as it comes over a network. */
export async function* inParts(content: string | Uint8Array, partBytes = 10_000): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(content as Uint8Array)
  for (let at = 0; at < bytes.length; at += partBytes) yield bytes.subarray(at, at + partBytes)
}
