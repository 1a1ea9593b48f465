import type { Reject } from '@/lib/collection/reject'
import { type SandboxOp, writeProgram } from '@/lib/collection/sandbox/program'
import type { Sandbox, SandboxOutcome } from '@/lib/collection/sandbox/sandbox'
import { shownValue } from '@/lib/collection/target/reject-value'
import type { LiveRow, Places, Stage } from './live-row'

/** An expression of a line, and where it stands there. */
export type PlacedOp = { op: SandboxOp; step: string }

const FILTERED = { kind: 'filtered' } as const

/** Expressions of steps that follow each other, done in one crossing into the sandbox. */
export function expressionStage(placed: readonly PlacedOp[], places: Places, sandbox: Sandbox): Stage {
  const program = writeProgram(
    places.names,
    placed.map(({ op }) => op),
  )
  const outputs = program.outputs.map((name) => places.add(name))
  const { inputs, firstReads } = program

  return (rows, settle) => {
    if (rows.length === 0) return rows
    const outcomes = sandbox.run(
      program,
      rows.map(({ cells }) => inputs.map((place) => cells[place] ?? '')),
    )
    const stay: LiveRow[] = []
    for (const [n, row] of rows.entries()) {
      const outcome = outcomes[n] as SandboxOutcome
      if (outcome.kind === 'values') {
        stay.push(withValues(row, outcome.values, outputs))
      } else if (outcome.kind === 'dropped') settle(row.at, FILTERED)
      else settle(row.at, { kind: 'rejected', reject: toReject(outcome, placed, firstReads) })
    }
    return stay
  }
}

function withValues(row: LiveRow, values: readonly string[], outputs: readonly number[]): LiveRow {
  for (let n = 0; n < outputs.length; n++) row.cells[outputs[n] as number] = values[n] as string
  if (values.length > outputs.length) row.isChosen = values[outputs.length] === '1'
  return row
}

function toReject(
  { op, code, why, read }: Extract<SandboxOutcome, { kind: 'failed' }>,
  placed: readonly PlacedOp[],
  firstReads: readonly (string | undefined)[],
): Reject {
  const found = op === undefined ? undefined : placed[op]
  if (op === undefined || !found)
    return { code, reason: `${stepsOf(placed)}: ${why}. Make the expressions there simpler.` }
  const attribute = found.op.kind === 'set' ? found.op.attribute : undefined
  const whose = attribute === undefined ? 'The expression' : `The expression for ${attribute}`
  const name = firstReads[op]
  return {
    code,
    reason: `${found.step}: ${whose} failed on this row: ${why}.`,
    ...(attribute !== undefined && { column: attribute }),
    ...(name !== undefined && { column: name, value: shownValue(read) }),
  }
}

function stepsOf(placed: readonly PlacedOp[]): string {
  const steps = [...new Set(placed.map(({ step }) => step))]
  return steps.length > 1 ? `${steps[0]} to ${steps.at(-1)?.toLowerCase()}` : (steps[0] ?? '')
}
