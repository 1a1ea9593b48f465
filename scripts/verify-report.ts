import type { BundleReport } from '@/lib/integrity/verify/bundle'
import type { EventProofReport } from '@/lib/integrity/verify/event-proof'
import type { FsckReport } from '@/lib/integrity/verify/fsck'
import type { OpenCheckpoint } from '@/lib/integrity/verify/open-checkpoint'

/** What was found, as lines of a word and what it means. */
export type Findings = [string, string][]

const show = (timeMs: number | undefined) =>
  timeMs === undefined ? 'time unknown' : new Date(timeMs).toISOString()
const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`

export function checkpointFindings({ origin, size, root, timeMs, witnesses }: OpenCheckpoint): Findings {
  const signers = witnesses.length > 0 ? `the log and ${witnesses.join(', ')}` : 'the log'
  return [
    ['log', origin],
    ['checkpoint', `${plural(size, 'event')}, ${show(timeMs)}, signed by ${signers}`],
    ['root', btoa(root)],
  ]
}

/** By log: another epoch has another origin. */
function continuedCheckpoints({ continues, continuesOthers }: BundleReport): string {
  const others = new Map<string, number[]>()
  for (const { origin, size } of continuesOthers) others.set(origin, [...(others.get(origin) ?? []), size])
  const say = (sizes: number[]) => `the checkpoints of ${[...new Set(sizes)].join(', ')} events`
  return [
    ...(continues.length > 0 ? [say(continues)] : []),
    ...[...others].map(([origin, sizes]) => `${say(sizes)} of ${origin}`),
  ].join('; ')
}

export function bundleFindings(report: BundleReport): Findings {
  const { complete, single, redacted, late, future, imported, anchors } = report
  const findings = checkpointFindings(report.checkpoint)
  if (complete && complete.to > complete.from) {
    const range = `events ${complete.from} to ${complete.to - 1}`
    findings.push(['complete', `${range}: none altered, dropped, inserted or moved`])
  }
  if (single > 0)
    findings.push(['present', `${plural(single, 'event')} by themselves; others may have been left out`])
  if (redacted > 0) findings.push(['erased', `${plural(redacted, 'event')} with values erased since`])
  if (late + future + imported > 0)
    findings.push([
      'reported',
      `${late} more than 15 minutes late, ${future} more than 5 minutes ahead, ${imported} imported`,
    ])
  const continued = continuedCheckpoints(report)
  if (continued !== '') findings.push(['continues', continued])
  if (anchors > 0) findings.push(['anchored', plural(anchors, 'proof')])
  return findings
}

export function proofFindings({ index, checkpoint, event }: EventProofReport): Findings {
  return [
    ...checkpointFindings(checkpoint),
    ['event', `${index}, ${event.id}, received ${event.receivedAt}`],
    ['content', JSON.stringify(event.event)],
  ]
}

export function fsckFindings({ checkpoint, tiles, entries }: FsckReport): Findings {
  return [
    ...checkpointFindings(checkpoint),
    ['checked', `${plural(tiles, 'tile')}, ${plural(entries, 'entry').replace('entrys', 'entries')}`],
  ]
}

/** As members of an object; what is found more than once stands in one text. */
export function findingsObject(findings: Findings): Record<string, string> {
  const object: Record<string, string> = {}
  for (const [word, meaning] of findings)
    object[word] = object[word] === undefined ? meaning : `${object[word]}; ${meaning}`
  return object
}

export const findingsText = (findings: Findings): string =>
  findings.map(([word, meaning]) => `  ${word.padEnd(11)}${meaning}\n`).join('')
