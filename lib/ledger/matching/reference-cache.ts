/** Of all tenants together: half a million names of some 100 letters. */
const MAX_BYTES = 64 * 1024 * 1024
/** A text's letters take one or two bytes each; the entry in the map, and its number, about as much again. */
const bytesOf = (text: string) => text.length * 2 + 64

type Generation = Map<string, Map<string, number>>

/**
 * Ids of references by their text. Two generations: what was used since the younger one began survives when it is
 * full. A reference may be deleted elsewhere: whoever uses an id has to see whether it is still there.
 */
export class ReferenceCache {
  readonly #maxBytes: number
  #young: Generation = new Map()
  #old: Generation = new Map()
  #bytes = 0

  constructor(maxBytes = MAX_BYTES) {
    this.#maxBytes = maxBytes
  }

  find(tenantId: string, text: string): number | undefined {
    const young = this.#young.get(tenantId)?.get(text)
    if (young !== undefined) return young
    const old = this.#old.get(tenantId)?.get(text)
    if (old !== undefined) this.remember(tenantId, text, old)
    return old
  }

  /** Only what is committed. */
  remember(tenantId: string, text: string, id: number): void {
    const own = this.#young.get(tenantId) ?? new Map<string, number>()
    this.#young.set(tenantId, own)
    if (!own.has(text)) this.#bytes += bytesOf(text)
    own.set(text, id)
    if (this.#bytes <= this.#maxBytes / 2) return
    this.#old = this.#young
    this.#young = new Map()
    this.#bytes = 0
  }

  forget(tenantId: string): void {
    for (const text of this.#young.get(tenantId)?.keys() ?? []) this.#bytes -= bytesOf(text)
    this.#young.delete(tenantId)
    this.#old.delete(tenantId)
  }
}

/** Of this process. */
export const referenceCache = new ReferenceCache()
