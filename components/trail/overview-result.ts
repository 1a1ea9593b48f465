import type { Overview } from '@/lib/trail/overview'

/** What a reader sees of a whole filter, or the reference under which its failure was logged. */
export type OverviewResult = { ok: true; overview: Overview } | { ok: false; reference: string }
