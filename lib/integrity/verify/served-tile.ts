import { HASH_LENGTH } from './encoding'
import type { Hash } from './primitives'
import { refuse } from './refusal'

export const TILE_HASHES = 256

/** One resource of a log below its URL, as bytes that are not compressed; undefined if it is not there. */
export type FetchResource = (path: string) => Promise<Uint8Array | undefined>

/** C2SP tlog-tiles: the index in groups of three digits, with an x before all but the last. */
function servedPath(level: number | 'entries', index: number): string {
  let path = String(index % 1000).padStart(3, '0')
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000))
    path = `x${String(rest % 1000).padStart(3, '0')}/${path}`
  return `tile/${level}/${path}`
}

/**
 * The partial tile of this width, or the beginning of the full one that has taken its place. `length` says how
 * many bytes of it belong to `width`.
 */
export async function fetchTile(
  fetchResource: FetchResource,
  level: number | 'entries',
  index: number,
  width: number,
): Promise<Uint8Array | undefined> {
  const path = servedPath(level, index)
  const partial = width < TILE_HASHES ? await fetchResource(`${path}.p/${width}`) : undefined
  return partial ?? (await fetchResource(path))
}

/** The first `width` hashes of a tile. */
export function hashesOf(data: Uint8Array, width: number, where: string): Hash[] {
  if (data.length < width * HASH_LENGTH || data.length % HASH_LENGTH !== 0)
    return refuse('tile_mismatch', `${where} has ${data.length} bytes, too few for ${width} hashes.`)
  return Array.from({ length: width }, (_, i) =>
    String.fromCharCode(...data.subarray(i * HASH_LENGTH, (i + 1) * HASH_LENGTH)),
  )
}
