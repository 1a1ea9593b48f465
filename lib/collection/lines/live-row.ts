import type { RowOutcome } from './compiled-line'

/** A row on its way through a line. */
export type LiveRow = {
  /** Its place among the rows that were given. */
  at: number
  /** Values, by the places of the attributes. Its own: steps write into it. */
  cells: string[]
  /** What the expression said that was tested last. */
  isChosen: boolean
}

type Settle = (at: number, outcome: RowOutcome) => void

/** A part of a line: does its work for rows, settles those that end here, and gives back the others. */
export type Stage = (rows: LiveRow[], settle: Settle) => LiveRow[]

/** Attributes of rows to their places; steps add some. */
export class Places {
  readonly #places: Map<string, number>
  readonly #names: string[]

  constructor(names: readonly string[]) {
    this.#places = new Map()
    // Of columns with the same name the first one counts; the others can't be named.
    this.#names = names.map((name, place) => (names.indexOf(name) < place ? '' : name))
    for (const [place, name] of this.#names.entries()) if (name !== '') this.#places.set(name, place)
  }

  get names(): readonly string[] {
    return this.#names
  }

  find(name: string): number {
    const place = this.#places.get(name)
    if (place === undefined) throw new Error(`a line was not checked: there is no attribute ${name}`)
    return place
  }

  /** The place of an attribute that a step sets. */
  add(name: string): number {
    const known = this.#places.get(name)
    if (known !== undefined) return known
    const place = this.#names.push(name) - 1
    this.#places.set(name, place)
    return place
  }
}
