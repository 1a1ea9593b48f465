import type { MentionColumn } from '@/lib/ledger/mentions/write-mentions'
import type { NamedEvent } from './read-events'
import { type Reference, referencesOf, referenceText } from './references-of'

/** A reference of a batch that no id is known of yet, and the first event that has it. */
export type Unknown = { text: string; reference: Reference; seq: number }

/**
 * Mentions of a batch of events, in their order, each reference once an event and role. `ids` are those of references,
 * or −1 − the place in `unknown`.
 */
export type BatchMentions = { actors: MentionColumn; targets: MentionColumn; unknown: readonly Unknown[] }

export class MentionCollector {
  readonly #findId: (text: string) => number | undefined
  readonly #actors = { seqs: [] as number[], ids: [] as number[] }
  readonly #targets = { seqs: [] as number[], ids: [] as number[] }
  readonly #unknown: Unknown[] = []
  /** Ids of all references of the batch so far, or their places. */
  readonly #ids = new Map<string, number>()

  constructor(findId: (text: string) => number | undefined) {
    this.#findId = findId
  }

  get collected(): BatchMentions {
    return { actors: this.#actors, targets: this.#targets, unknown: this.#unknown }
  }

  /** In ascending order of seqs. */
  add(events: readonly NamedEvent[]): void {
    const targets = this.#targets
    for (const { seq, origin, body } of events) {
      const named = referencesOf(origin, body)
      if (named.actor) {
        this.#actors.seqs.push(seq)
        this.#actors.ids.push(this.#idOf(named.actor, seq))
      }
      const first = targets.seqs.length
      for (const target of named.targets) {
        if (!target) continue
        const id = this.#idOf(target, seq)
        if (targets.ids.indexOf(id, first) !== -1) continue
        targets.seqs.push(seq)
        targets.ids.push(id)
      }
    }
  }

  #idOf(reference: Reference, seq: number): number {
    const text = referenceText(reference)
    const known = this.#ids.get(text)
    if (known !== undefined) return known
    const id = this.#findId(text) ?? -1 - this.#unknown.length
    if (id < 0) this.#unknown.push({ text, reference, seq })
    this.#ids.set(text, id)
    return id
  }
}
