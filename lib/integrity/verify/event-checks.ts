import type { ClaimedRange } from './bundle-frame'
import { decodeHashes, expectIndex } from './encoding'
import { readEventParts } from './event-fields'
import { deriveLeaf } from './event-leaf'
import { IndexSet } from './index-set'
import { Lateness } from './lateness'
import { rootFromInclusion } from './merkle'
import type { OpenCheckpoint } from './open-checkpoint'
import type { Hash, Primitives } from './primitives'
import { Redactions } from './redactions'
import { refuse } from './refusal'
import { RootAccumulator } from './root-accumulator'
import type { TimeRules } from './time-rules'

/** Takes the events of a bundle one after the other, in constant memory, and says in the end what they prove. */
export class EventChecks {
  readonly redactions: Redactions
  readonly lateness = new Lateness()
  /** Events with a proof of their own. */
  single = 0
  private readonly singles = new IndexSet()
  private readonly accumulator: RootAccumulator

  constructor(
    private readonly sha256: Primitives['sha256'],
    private readonly checkpoint: OpenCheckpoint,
    private readonly range: ClaimedRange | undefined,
    private readonly times: TimeRules,
  ) {
    this.accumulator = new RootAccumulator(sha256)
    this.redactions = new Redactions(sha256)
    if (!range) return
    if (range.from > range.to || range.to > checkpoint.size)
      refuse(
        'range_proof_invalid',
        `The range ${range.from} to ${range.to} is none of a tree of ${checkpoint.size}.`,
      )
    if (!this.accumulator.pushUpTo(range.from, range.left))
      refuse('range_proof_invalid', `The left edge is not that of a range from ${range.from}.`)
  }

  take(fields: Record<string, unknown>): void {
    const index = expectIndex(fields.index, 'The index of the event')
    if (index >= this.checkpoint.size)
      refuse(
        'event_unexpected',
        `Event ${index} is beyond the checkpoint, which covers ${this.checkpoint.size}.`,
      )
    if (fields.proof === undefined) this.expectTurn(index)
    const parts = readEventParts(fields)
    const leaf = deriveLeaf(this.sha256, parts)
    if (fields.proof === undefined) this.accumulator.push(leaf)
    else this.checkSingle(index, leaf, decodeHashes(fields.proof, `the proof of event ${index}`))
    this.times.check(index, parts.receivedAtMs)
    this.lateness.note(parts)
    this.redactions.note(index, parts)
  }

  /** Checks that the range is complete and leads to the root. */
  finish(): void {
    const { range, accumulator, checkpoint } = this
    if (this.single === 0 && (!range || range.from === range.to))
      refuse('nothing_to_check', 'The file holds no event, so nothing was proven.')
    if (!range) return
    if (accumulator.size < range.to)
      refuse(
        'truncated',
        `The events end before ${accumulator.size}; the header promises them up to ${range.to - 1}.`,
      )
    if (!accumulator.pushUpTo(checkpoint.size, range.right))
      refuse(
        'range_proof_invalid',
        `The right edge is not that of a range up to ${range.to} of ${checkpoint.size}.`,
      )
    if (accumulator.root() !== checkpoint.root)
      refuse(
        'root_mismatch',
        `Events ${range.from} to ${range.to - 1} are not those that the checkpoint was signed over: ` +
          'one was altered, exchanged, dropped or inserted.',
      )
  }

  private expectTurn(index: number): void {
    const { range, accumulator } = this
    const next = accumulator.size
    if (!range) refuse('proof_missing', `Event ${index} comes without a proof.`)
    else if (index < range.from || index >= range.to)
      refuse(
        'event_unexpected',
        `Event ${index} is outside the range ${range.from} to ${range.to - 1}, without a proof.`,
      )
    else if (index > next) refuse('event_missing', `Event ${next} is missing: ${index} comes in its place.`)
    else if (index < next)
      refuse('event_out_of_order', `Event ${index} comes again or too late, after ${next - 1}.`)
  }

  private checkSingle(index: number, leaf: Hash, path: readonly Hash[]): void {
    const { size, root } = this.checkpoint
    const isInRange = this.range && index >= this.range.from && index < this.range.to
    if (isInRange || !this.singles.add(index))
      refuse('event_repeated', `Event ${index} stands in the file twice.`)
    if (rootFromInclusion(this.sha256, index, size, leaf, path) !== root)
      refuse('inclusion_invalid', `Event ${index} is not the one that the checkpoint was signed over.`)
    this.single++
  }
}
