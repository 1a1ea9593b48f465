import { verifyAnchors } from './anchors'
import { readFrame } from './bundle-frame'
import { atLine, type OpenFile, readAllLines } from './bundle-lines'
import { EventChecks } from './event-checks'
import { compareWithRemembered, isTied, verifyHistory } from './history'
import { type OpenCheckpoint, openCheckpoint, type Verifier } from './open-checkpoint'
import { refuse } from './refusal'
import type { Skips } from './skips'
import { TimeRules } from './time-rules'

export type BundleReport = {
  checkpoint: OpenCheckpoint
  /** Leaves from (first) up to (not including) to: all of them are in the file. Absent: only presence is proven. */
  complete?: { from: number; to: number }
  /** Events that are proven one by one. */
  single: number
  /** Events of which values were erased. */
  redacted: number
  late: number
  future: number
  imported: number
  /** Sizes of older checkpoints of the log that this one continues. */
  continues: number[]
  /** Those of other epochs, which have origins of their own; also those that the user kept. */
  continuesOthers: { origin: string; size: number }[]
  anchors: number
}

/**
 * Verifies an evidence bundle: signatures, history, anchors, then event by event. The file is read twice, so that
 * proofs at its end can bound the times of events at its beginning. `remembered` are signed notes that its user
 * kept. Throws a `Refusal` with the reason if the answer is no; memory does not grow with the events.
 */
export async function verifyBundle(
  open: OpenFile,
  verifier: Verifier,
  skips: Skips,
  remembered: readonly string[] = [],
): Promise<BundleReport> {
  const { header, consistency, anchors } = await readFrame(open)
  const checkpoint = await openCheckpoint(header.checkpoint, verifier, "The bundle's checkpoint")
  if (checkpoint.origin !== header.origin)
    refuse('unknown_log', `The header is of ${header.origin}, its checkpoint of ${checkpoint.origin}.`)
  const older = await verifyHistory(consistency, checkpoint, verifier)
  const kept: OpenCheckpoint[] = []
  for (const note of remembered) {
    const one = await openCheckpoint(note, verifier, 'The checkpoint that you keep')
    compareWithRemembered(one, checkpoint, older, verifier.primitives)
    if (isTied(one, checkpoint)) kept.push(one)
  }
  const anchored = await verifyAnchors(anchors, [checkpoint, ...older], verifier, skips)
  if (checkpoint.timeMs === undefined)
    skips.skip('time', 'No witness of the policy gave the checkpoint a time.')
  const times = new TimeRules([checkpoint, ...older, ...kept])
  const checks = new EventChecks(verifier.primitives.sha256, checkpoint, header.range, times)
  for await (const { number, fields } of readAllLines(open))
    if (fields.type === 'event') atLine(number, () => checks.take(fields))
  checks.finish()
  checks.redactions.finish(skips)
  const { from, to } = header.range ?? {}
  const { late, future, imported } = checks.lateness
  return {
    checkpoint,
    ...(from !== undefined && to !== undefined && { complete: { from, to } }),
    single: checks.single,
    redacted: checks.redactions.events,
    late,
    future,
    imported,
    continues: older.filter(({ origin }) => origin === checkpoint.origin).map(({ size }) => size),
    continuesOthers: [...older, ...kept]
      .filter(({ origin }) => origin !== checkpoint.origin)
      .map(({ origin, size }) => ({ origin, size })),
    anchors: anchored,
  }
}
