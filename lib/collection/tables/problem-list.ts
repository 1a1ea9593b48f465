import type { TableProblem } from './table'

/** Who mends fifty has the next fifty told then. */
export const MAX_PROBLEMS = 50

/** Gathers what is wrong with a table: all at once, and as many as somebody reads. */
export class ProblemList {
  readonly #errors: TableProblem[] = []
  readonly #warnings: TableProblem[] = []

  error(row: number, column: string | undefined, detail: string): void {
    add(this.#errors, { row, ...(column !== undefined && { column }), detail, severity: 'error' })
  }

  warning(row: number, column: string | undefined, detail: string): void {
    add(this.#warnings, { row, ...(column !== undefined && { column }), detail, severity: 'warning' })
  }

  /** Errors first, each in their order. */
  list(): TableProblem[] {
    return [...this.#errors, ...this.#warnings].slice(0, MAX_PROBLEMS)
  }
}

function add(problems: TableProblem[], problem: TableProblem): void {
  if (problems.length < MAX_PROBLEMS) problems.push(problem)
}
