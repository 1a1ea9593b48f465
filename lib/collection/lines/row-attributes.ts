import { PROCESSED_ATTRIBUTES } from '@/lib/collection/processing/processed-attributes'
import { nearestName } from '@/lib/event/nearest-name'
import { LEVEL_FIELD } from './definition'

/** What a line that is called gives back: its target's fields. */
export const LINE_ATTRIBUTES: readonly string[] = [...PROCESSED_ATTRIBUTES, `log_${LEVEL_FIELD}`]

/** The attributes that rows have at a place of a line, in their order, and which of them never have a value there. */
export class RowAttributes {
  readonly #names: string[]
  /** Why it is always blank. */
  readonly #blank: Map<string, string>

  constructor(names: readonly string[], blank: ReadonlyMap<string, string> = new Map()) {
    this.#names = [...new Set(names)]
    this.#blank = new Map(blank)
  }

  get names(): readonly string[] {
    return this.#names
  }

  has(name: string): boolean {
    return this.#names.includes(name)
  }

  whyBlank(name: string): string | undefined {
    return this.#blank.get(name)
  }

  add(name: string): void {
    if (!this.has(name)) this.#names.push(name)
    this.#blank.delete(name)
  }

  /** Of an attribute that has values for other rows, it says nothing. */
  addBlank(name: string, why: string): void {
    if (this.has(name) && !this.#blank.has(name)) return
    this.add(name)
    this.#blank.set(name, why)
  }

  copy(): RowAttributes {
    return new RowAttributes(this.#names, this.#blank)
  }

  /** What to say of a name that is none of them. */
  unknown(name: string): string {
    const near = nearestName(name, this.#names)
    if (near) return `There is no attribute ${name} here. Did you mean ${near}?`
    return `There is no attribute ${name} here. Name it as a column of the source, or let a step before add it.`
  }
}
