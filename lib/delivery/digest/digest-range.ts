import type { TrailFilter } from '@/lib/trail/filter'
import type { Digest } from './digest'

/** A part of the trail, `from <= seq < before`, that one filter judges, and the generation of matches that it carries. */
export type DigestRange = { filter: TrailFilter; from: number; before: number; matches: number | null }

/** Positions of the trail that one statement looks at: some 30 ms where all of them match. */
export const DIGEST_WINDOW = 20_000

/**
 * Asked between two windows: false once nobody waits for the digest any more, because the lease was lost or we are
 * told to stop. It renews the lease where that takes long.
 */
export type MayGoOn = () => Promise<boolean>

/** What a range says to people, up to `to` (exclusive); no digest: nothing of it is for them. */
export type RangeDigest = { digest: Digest | undefined; to: number }
