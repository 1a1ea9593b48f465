import type { BundleReport } from '@/lib/integrity/verify/bundle'
import type { EventProofReport } from '@/lib/integrity/verify/event-proof'
import type { OpenCheckpoint } from '@/lib/integrity/verify/open-checkpoint'
import type { Skips } from '@/lib/integrity/verify/skips'
import type { Finding } from './verdict'

const format = (count: number) => count.toLocaleString('en')
const plural = (count: number, word: string) => `${format(count)} ${word}${count === 1 ? '' : 's'}`

function checkpointFindings({ origin, size, root, timeMs, witnesses }: OpenCheckpoint): Finding[] {
  const signers = witnesses.length > 0 ? `the log, ${witnesses.join(', ')}` : 'the log'
  return [
    { name: 'Log', text: origin },
    { name: 'Checkpoint', text: `${plural(size, 'event')}, signed by ${signers}` },
    { name: 'Root', text: btoa(root) },
    timeMs === undefined
      ? { name: 'Signed', text: 'at an unknown time' }
      : { name: 'Signed', text: '', at: new Date(timeMs).toISOString() },
  ]
}

const skippedFindings = ({ skipped }: Skips): Finding[] =>
  [...skipped].map(([check, why]) => ({ name: 'Left out', text: `${check}: ${why}` }))

/** What a bundle that was found right proves. */
export function bundleFindings(report: BundleReport, skips: Skips): Finding[] {
  const { complete, single, redacted, late, future, imported, continues, continuesOthers, anchors } = report
  const findings: Finding[] = []
  const find = (name: string, text: string) => findings.push({ name, text })
  if (complete && complete.to > complete.from)
    find(
      'Complete',
      `Events ${format(complete.from)} to ${format(complete.to - 1)}: none altered, dropped, inserted or moved.`,
    )
  if (single > 0)
    find('Present', `${plural(single, 'event')} proven one by one; others may have been left out.`)
  if (redacted > 0)
    find('Erased', `${plural(redacted, 'event')} with values erased since; the rest stays proven.`)
  if (late > 0) find('Reported late', `${plural(late, 'event')}, by more than 15 minutes.`)
  if (future > 0) find('Ahead of time', `${plural(future, 'event')}, by more than 5 minutes.`)
  if (imported > 0) find('Imported', plural(imported, 'event'))
  if (continues.length > 0)
    find('Continues', `The checkpoints of ${continues.map(format).join(', ')} events.`)
  for (const { origin, size } of continuesOthers)
    find('Continues', `The checkpoint of ${plural(size, 'event')} of ${origin}.`)
  if (anchors > 0) find('Anchored', plural(anchors, 'proof'))
  return [...findings, ...checkpointFindings(report.checkpoint), ...skippedFindings(skips)]
}

/** What the proof of one event that was found right proves. */
export function proofFindings({ index, checkpoint, event }: EventProofReport, skips: Skips): Finding[] {
  return [
    { name: 'Event', text: `seq ${format(index)}, ${event.id}` },
    { name: 'Received', text: '', at: event.receivedAt },
    { name: 'Content', text: JSON.stringify(event.event) },
    ...checkpointFindings(checkpoint),
    ...skippedFindings(skips),
  ]
}
