import { randomInt } from 'node:crypto'

const INITIAL_TERMS = 8192
const INITIAL_OCCURRENCES = 65_536

/** Of this process: who chooses values whose hashes are alike can't choose where they stand in the table. */
const [MIX_A, MIX_B] = [randomInt(2 ** 31) * 2 + 1, randomInt(2 ** 31) * 2 + 1]

/**
 * Counts the terms of one block: an open-addressing table of hashes beside a growing list of (term, event).
 * A Map with string keys costs five times the time and memory, and a block has some 200,000 occurrences.
 */
export class TermTable {
  private capacity = INITIAL_TERMS * 2
  /** Position + 1 of the term in `a` and `b`; 0 is free. */
  private heads = new Int32Array(this.capacity)
  private a = new Uint32Array(INITIAL_TERMS)
  private b = new Uint32Array(INITIAL_TERMS)
  /** Events that have the term. */
  private counts = new Uint32Array(INITIAL_TERMS)
  private lastEvents = new Int32Array(INITIAL_TERMS)
  size = 0
  private occurrences = 0
  private terms = new Uint32Array(INITIAL_OCCURRENCES)
  private events = new Uint16Array(INITIAL_OCCURRENCES)

  /** Notes that the event has the term. Events come in ascending order. */
  note(term: number, event: number): void {
    if (this.lastEvents[term] === event) return
    this.lastEvents[term] = event
    this.counts[term] = (this.counts[term] as number) + 1
    if (this.occurrences === this.terms.length) {
      this.terms = grown(this.terms, Uint32Array)
      this.events = grown(this.events, Uint16Array)
    }
    this.terms[this.occurrences] = term
    this.events[this.occurrences++] = event
  }

  hashAt(term: number): [a: number, b: number] {
    return [this.a[term] as number, this.b[term] as number]
  }

  /** The number of the term with this hash, a new one if it is not known. */
  find(a: number, b: number): number {
    const mask = this.capacity - 1
    for (let slot = this.slotOf(a, b); ; slot = (slot + 1) & mask) {
      const term = (this.heads[slot] as number) - 1
      if (term >= 0) {
        if (this.a[term] === a && this.b[term] === b) return term
        continue
      }
      if (this.size === this.a.length) {
        this.growTerms()
        return this.find(a, b)
      }
      this.heads[slot] = this.size + 1
      this.a[this.size] = a
      this.b[this.size] = b
      this.lastEvents[this.size] = -1
      return this.size++
    }
  }

  /** The high bits, into which all others are multiplied. */
  private slotOf(a: number, b: number): number {
    return (Math.imul(a, MIX_A) + Math.imul(b, MIX_B)) >>> (Math.clz32(this.capacity) + 1)
  }

  private growTerms(): void {
    this.a = grown(this.a, Uint32Array)
    this.b = grown(this.b, Uint32Array)
    this.counts = grown(this.counts, Uint32Array)
    this.lastEvents = grown(this.lastEvents, Int32Array)
    this.capacity *= 2
    this.heads = new Int32Array(this.capacity)
    const mask = this.capacity - 1
    for (let term = 0; term < this.size; term++) {
      let slot = this.slotOf(this.a[term] as number, this.b[term] as number)
      while (this.heads[slot] !== 0) slot = (slot + 1) & mask
      this.heads[slot] = term + 1
    }
  }

  /** Events by term: those of `term` stand in `events` from `starts[term]` to `starts[term + 1]`, ascending. */
  byTerm(): { starts: Uint32Array; events: Uint16Array } {
    const starts = new Uint32Array(this.size + 1)
    for (let term = 0; term < this.size; term++)
      starts[term + 1] = (starts[term] as number) + (this.counts[term] as number)
    const next = starts.slice(0, this.size)
    const events = new Uint16Array(this.occurrences)
    for (let i = 0; i < this.occurrences; i++) {
      const term = this.terms[i] as number
      const place = next[term] as number
      events[place] = this.events[i] as number
      next[term] = place + 1
    }
    return { starts, events }
  }
}

function grown<T extends Uint32Array | Uint16Array | Int32Array>(
  from: T,
  Kind: new (length: number) => T,
): T {
  const to = new Kind(from.length * 2)
  to.set(from as never)
  return to
}
