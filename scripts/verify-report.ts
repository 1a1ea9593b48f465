import type { BundleReport } from '@/lib/integrity/verify/bundle'
import type { EventProofReport } from '@/lib/integrity/verify/event-proof'
import type { FsckReport } from '@/lib/integrity/verify/fsck'
import type { SeqRange, StreamReport } from '@/lib/integrity/verify/objects'
import type { OpenCheckpoint } from '@/lib/integrity/verify/open-checkpoint'

/** What was found, as lines of a word and what it means. */
export type Findings = [string, string][]

const show = (timeMs: number | undefined) =>
  timeMs === undefined ? 'time unknown' : new Date(timeMs).toISOString()
/** Ranges of which nothing was stored: more of them help nobody. */
const MAX_GAPS = 10
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

const rangeText = ({ from, to }: SeqRange) => (from === to ? `${from}` : `${from} to ${to}`)

function streamFindings({ tenant, stream, digests, until, ...found }: StreamReport): Findings {
  const { objects, events, range, gaps, elsewhere, replaced, unsigned } = found
  const findings: Findings = [['stream', `${stream} of ${tenant}`]]
  const before = digests.from > 0 ? `; nothing is said of those before ${digests.from}` : ''
  findings.push([
    'digests',
    `${rangeText(digests)}, each signed and continuing the one before, until ${until}${before}`,
  ])
  const within = range ? ` of the events ${rangeText(range)}` : ''
  findings.push([
    'complete',
    `${plural(objects, 'object')} with ${plural(events, 'event')}${within}: none altered or missing`,
  ])
  if (gaps.length > 0) {
    const shown = gaps.slice(0, MAX_GAPS).map(rangeText).join(', ')
    const more = gaps.length > MAX_GAPS ? ` and ${gaps.length - MAX_GAPS} more` : ''
    findings.push(['gaps', `signed: nothing was stored of the events ${shown}${more}`])
  }
  for (const [place, count] of elsewhere)
    findings.push(['elsewhere', `${plural(count, 'object')} in ${place}, not checked`])
  if (replaced > 0)
    findings.push(['given up', `${plural(replaced, 'object')}, signed as such; their events stand in others`])
  if (unsigned > 0)
    findings.push(['unsigned', `${plural(unsigned, 'object')} since the last digest, named without a gap`])
  return findings
}

export const objectFindings = (reports: readonly StreamReport[]): Findings => reports.flatMap(streamFindings)

/** As members of an object; what is found more than once stands in one text. */
export function findingsObject(findings: Findings): Record<string, string> {
  const object: Record<string, string> = {}
  for (const [word, meaning] of findings)
    object[word] = object[word] === undefined ? meaning : `${object[word]}; ${meaning}`
  return object
}

export const findingsText = (findings: Findings): string =>
  findings.map(([word, meaning]) => `  ${word.padEnd(11)}${meaning}\n`).join('')
