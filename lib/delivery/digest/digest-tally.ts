import { LEVELS, type Level } from '@/lib/event/levels'
import { type Digest, MAX_LISTED, MAX_TYPES, sortTypes } from './digest'
import type { EventNote } from './event-note'

/** Whoever sends each event under a type of its own must not fill the memory. */
const MAX_COUNTED_TYPES = 10_000

type Severe = [level: number, seq: number]

/** What a part of the trail has: by level and type with the first and last place, and the most severe first. */
export type WindowCounts = {
  counts: [level: number, type: string, events: number, first: number, last: number][]
  severe: Severe[]
}

/** The counts of a digest while its parts are added, in the order of the trail. */
export class DigestTally {
  events = 0
  first = Number.POSITIVE_INFINITY
  last = -1
  readonly #levels: Partial<Record<Level, number>> = {}
  #types = new Map<string, number>()
  #severe: Severe[] = []

  /** An event that comes now is listed only from this level on, since of equals the first ones are. */
  get lowestToList(): number {
    const least = this.#severe[MAX_LISTED - 1]
    return least ? least[0] + 1 : 0
  }

  /** The places to list, in the order of the trail. */
  get listed(): number[] {
    return this.#severe.map(([, seq]) => seq).sort((a, b) => a - b)
  }

  add({ counts, severe }: WindowCounts): void {
    for (const [position, type, events, first, last] of counts) {
      const level = LEVELS[position] ?? 'info'
      this.events += events
      this.first = Math.min(this.first, first)
      this.last = Math.max(this.last, last)
      this.#levels[level] = (this.#levels[level] ?? 0) + events
      this.#types.set(type, (this.#types.get(type) ?? 0) + events)
    }
    if (this.#types.size > MAX_COUNTED_TYPES)
      this.#types = new Map(sortTypes(this.#types).slice(0, MAX_COUNTED_TYPES / 2))
    this.#severe = [...this.#severe, ...severe]
      .sort(([a, seqA], [b, seqB]) => b - a || seqA - seqB)
      .slice(0, MAX_LISTED)
  }

  /** Both know the first, the last and the listed events. */
  toDigest({ moments, notes }: Read): Digest {
    return {
      events: this.events,
      firstSeq: this.first,
      lastSeq: this.last,
      from: moments.get(this.first) ?? '',
      to: moments.get(this.last) ?? '',
      levels: this.#levels,
      types: sortTypes(this.#types).slice(0, MAX_TYPES),
      listed: this.listed.flatMap((seq) => notes.get(seq) ?? []),
    }
  }
}

type Read = { moments: ReadonlyMap<number, string>; notes: ReadonlyMap<number, EventNote> }
