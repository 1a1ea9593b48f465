import { type ExpressionProblem, placeInWords } from './expression-problem'
import { GuestBrokenError, newGuest } from './guest'
import { MAX_CROSSING_UNITS, type SandboxProgram } from './program'
import { startSpan } from './time-spent'
import { TimeOverError } from './watchdog'

/** What the expressions for one row may take: a thousand times what they usually do. */
const MAX_ROW_MS = 20
/** What rows may take together before they are tried one by one, each with its own time. */
const BATCH_MS = 100
/** Beyond its time, how long an engine may go on before it is stopped and thrown away: by the clock, so generous. */
const GRACE_MS = 400
/** Rows that are too slow in one call, and time of one call, before the rest is not tried any more. */
const MAX_SLOW_ROWS = 5
const MAX_CALL_MS = 1500
/** Ready for those that have to be thrown away while rows are worked on: starting one needs a moment in between. */
const RUN_SPARES = 2
/** For who shows a few rows to somebody who waits. */
export const PREVIEW_SPARES = 1

/** What the expressions made of a row. Values are those of the program's outputs, then '1' or '' for each test. */
export type SandboxOutcome =
  | { kind: 'values'; values: string[] }
  | { kind: 'dropped' }
  | {
      kind: 'failed'
      /** The expression's place; undefined where it is not known which of them it was. */
      op: number | undefined
      code: 'expression_failed' | 'expression_too_slow'
      why: string
      /** The beginning of what it read first. */
      read: string
    }

/** Expressions run here: without files, network, clock and chance, in bounded time and memory. */
export type Sandbox = {
  /** What is wrong with an expression, if anything. */
  check(expression: string): ExpressionProblem | undefined
  /** One outcome a row, in their order; `inputs` has for each row the values that the program takes. Never throws for a row. */
  run(program: SandboxProgram, inputs: readonly (readonly string[])[]): SandboxOutcome[]
  close(): void
}

const tooSlow = (why: string): SandboxOutcome => ({
  kind: 'failed',
  op: undefined,
  code: 'expression_too_slow',
  why,
  read: '',
})
const SLOW = `the expressions take longer than ${MAX_ROW_MS} ms`
const NOT_TRIED = 'it was not tried, because the expressions took too long for rows before it'

/** Opens a sandbox of its own: nothing is shared with any other. Close it, so that its memory is given back. */
export async function openSandbox(spares = RUN_SPARES): Promise<Sandbox> {
  /** The first one works, the others are spares. */
  let guests = await Promise.all(Array.from({ length: 1 + spares }, newGuest))
  let starting = 0
  let isClosed = false

  function startSpares(): void {
    for (; guests.length + starting <= spares; starting++)
      newGuest()
        .then((guest) => !isClosed && guests.push(guest))
        // Without a spare, rows are rejected with what to do; the next one that breaks tries again.
        .catch(() => undefined)
        .finally(() => starting--)
  }

  function throwAway(): void {
    guests.shift()
    startSpares()
  }

  /** The outcomes of the rows that were done in time. Undefined where there is no engine left; `why` where it broke. */
  function cross(program: SandboxProgram, rows: Rows, timeoutMs: number): Crossed | undefined {
    const [guest] = guests
    if (!guest) return undefined
    const input = JSON.stringify([rows.length, ...rows.flat()])
    try {
      const text = guest.run(program, input, { timeoutMs, killMs: timeoutMs + GRACE_MS })
      return readOutcomes(program, text)
    } catch (error) {
      if (!isBroken(error)) throw error
      throwAway()
      return { outcomes: [], why: error instanceof TimeOverError ? SLOW : NO_ROOM }
    }
  }

  function runOne(program: SandboxProgram, row: readonly string[]): SandboxOutcome {
    // A machine that stood still for a moment should reject nothing: who is too slow is so twice.
    for (let attempt = 1; ; attempt++) {
      const crossed = cross(program, [row], MAX_ROW_MS)
      if (!crossed) return tooSlow(NOT_TRIED)
      const [outcome] = crossed.outcomes
      if (outcome) return outcome
      if (crossed.why === NO_ROOM)
        return { kind: 'failed', op: undefined, code: 'expression_failed', why: NO_ROOM, read: '' }
      if (crossed.why) return tooSlow(crossed.why)
      if (attempt === 2) return tooSlow(SLOW)
    }
  }

  function run(program: SandboxProgram, rows: Rows): SandboxOutcome[] {
    if (isClosed) throw new Error('the sandbox is closed')
    const spent = startSpan()
    const outcomes: SandboxOutcome[] = []
    let slow = 0
    while (outcomes.length < rows.length) {
      const batch = nextBatch(rows, outcomes.length)
      const crossed = cross(program, batch, BATCH_MS)
      for (const outcome of crossed?.outcomes ?? []) outcomes.push(outcome)
      // Results enough for one crossing: the other rows come with the next one.
      if (crossed?.isFull) continue
      const left = batch.slice(crossed?.outcomes.length ?? 0)
      for (const row of left) {
        const isOver = slow >= MAX_SLOW_ROWS || spent() > MAX_CALL_MS
        const outcome = isOver ? tooSlow(NOT_TRIED) : runOne(program, row)
        if (outcome.kind === 'failed' && outcome.code === 'expression_too_slow') slow++
        outcomes.push(outcome)
      }
    }
    return outcomes
  }

  return {
    check(expression) {
      const [guest] = guests
      if (!guest) return { message: 'The expression could not be checked. Try again.' }
      try {
        return guest.check(expression)
      } catch (error) {
        if (!isBroken(error)) throw error
        throwAway()
        return { message: 'The expression is too deep or too large to be understood. Make it simpler.' }
      }
    },
    run,
    close() {
      isClosed = true
      guests = []
    },
  }
}

/** `isFull`: they are as much as may cross at a time, and the other rows were not tried. */
type Crossed = { outcomes: SandboxOutcome[]; isFull?: boolean; why?: string }

type Rows = readonly (readonly string[])[]

const isBroken = (error: unknown) => error instanceof TimeOverError || error instanceof GuestBrokenError

const NO_ROOM = 'the expressions need more memory, or more calls within calls, than they may have'

/** The rows from a place on that may cross together: at least one. */
function nextBatch(rows: Rows, from: number): Rows {
  let units = 0
  let end = from
  while (end < rows.length && (end === from || units < MAX_CROSSING_UNITS)) {
    for (const value of rows[end] ?? []) units += value.length
    end++
  }
  return rows.slice(from, end)
}

const OUT_OF_MEMORY = /out of memory|string too long/i

function readOutcomes(program: SandboxProgram, text: string): Crossed {
  const flat = JSON.parse(text) as (string | number)[]
  const width = program.outputs.length + program.tests
  const outcomes: SandboxOutcome[] = []
  for (let at = 0; at < flat.length; ) {
    const kind = flat[at++]
    if (kind === 0) {
      outcomes.push({ kind: 'values', values: flat.slice(at, at + width) as string[] })
      at += width
    } else if (kind === 3) return { outcomes, isFull: true }
    else if (kind === 1) outcomes.push({ kind: 'dropped' })
    else {
      const [op, words, place, read] = flat.slice(at, at + 4) as [number, string, string, string]
      at += 4
      outcomes.push({ kind: 'failed', op, code: 'expression_failed', why: explain(words, place), read })
    }
  }
  return { outcomes }
}

function explain(words: string, place: string): string {
  const said = OUT_OF_MEMORY.test(words) ? 'it needs more memory than it may have' : inPlainWords(words)
  const where = placeInWords(place)
  return where ? `${said} (${where.words})` : said
}

/** The engine's words for what people do most. */
const inPlainWords = (words: string) =>
  /no setter for property|is read-only/.test(words)
    ? 'a row cannot be changed: name the attribute beside the expression instead'
    : words
