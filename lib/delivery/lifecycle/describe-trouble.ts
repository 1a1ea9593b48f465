import type { deliveryStreams, destinations } from '@/db/schema/delivery'
import { destinationKind } from '@/lib/delivery/destinations/registry'
import { ROLE_WORDS, wordsOf } from '@/lib/delivery/destinations/roles'
import type { Backlog } from '@/lib/delivery/read-backlog'
import type { OwnWay } from '@/lib/warnings/own-way'
import type { Warning } from '@/lib/warnings/warning'
import type { News, Trouble } from './find-troubles'

/** Of what a receiver said, so much stands in the event and the letter: enough to recognise it. */
const MAX_ANSWER = 500

const ADVICE: Record<News, string> = {
  failing: 'Nothing is lost: its events wait in the trail, and Spoor keeps trying.',
  disabling: 'Nothing is lost: resume it when its receiver is well again, and it goes on where it stopped.',
  disabled: 'Nothing is lost: resume it when its receiver is there again, and it goes on where it stopped.',
  recovered: 'What waited is being sent.',
}

export type TroubledRow = {
  destination: typeof destinations.$inferSelect
  stream: typeof deliveryStreams.$inferSelect
}

/** What is told of a destination or channel, for people. */
export type TroubleWords = {
  /** One sentence that begins with its name. */
  message: string
  /** Why, in our words; empty where all is well again. */
  why: string
  /** The receiver's own words, shortened. */
  answer: string
  /** What our own event says it is about. */
  target: { type: string; name: string; id: string }
}

/** The words of the trail. Pure. */
export function describeTrouble(row: TroubledRow, news: News): TroubleWords {
  const { firstFailureAt, failMessage, lastAnswer, reason } = row.stream
  const since = firstFailureAt ? `${firstFailureAt.toISOString().slice(0, 16).replace('T', ' ')} UTC` : 'long'
  const { name, words } = present(row)
  const told: Record<News, [message: string, why: string]> = {
    failing: [`${name} has been failing since ${since}`, failMessage ?? ''],
    disabling: [
      `${name} was switched off, because it has been failing since ${since}`,
      `Nothing got through since ${since}. ${failMessage ?? ''}`.trim(),
    ],
    disabled: [`${name} was switched off, because its receiver asked for it`, reason ?? failMessage ?? ''],
    recovered: [`${name} takes events again`, ''],
  }
  const [message, why] = told[news]
  // By characters, so that none is cut in two.
  const answer = news === 'recovered' ? '' : [...(lastAnswer ?? '')].slice(0, MAX_ANSWER).join('')
  return { message, why, answer, target: { type: words.type, name, id: row.destination.id } }
}

/** The same as a warning for its managers, by other ways than the one that fails. Pure. */
export function warnOfTrouble(
  row: TroubledRow,
  { news, step }: Trouble,
  { message, why, answer }: TroubleWords,
  backlog: Backlog,
): Warning {
  const { destination, stream } = row
  const { noun, page } = present(row).words
  const since = news === 'recovered' ? stream.sentAt : stream.firstFailureAt
  return {
    key: ['stream', destination.id, news, step, since?.getTime() ?? 0].join(' '),
    except: news === 'recovered' ? undefined : failingWay(row),
    message,
    details: [why, describeBacklog(backlog), ADVICE[news]].filter(Boolean),
    ...(answer && { answer }),
    link: { label: `Open the ${noun}`, path: `${page}/${destination.companionOf ?? destination.id}` },
  }
}

function describeBacklog({ events, isCapped }: Backlog): string {
  if (events === 0 && !isCapped) return 'No event waits for it.'
  const count = events.toLocaleString('en-US')
  return `${isCapped ? `More than ${count}` : count} ${events === 1 ? 'event waits' : 'events wait'} for it.`
}

/** A configuration that this version can't read is in trouble, too, and is told of all the same. */
function present({ destination }: TroubledRow) {
  try {
    const { kind, config } = destination
    return { name: destinationKind(kind).open(config).describe(), words: wordsOf(destination) }
  } catch {
    return { name: `Destination ${destination.id}`, words: ROLE_WORDS.forwarding }
  }
}

function failingWay({
  destination: { kind, config },
  stream: { lastStatus },
}: TroubledRow): OwnWay | undefined {
  try {
    return destinationKind(kind).open(config).failingWay?.(lastStatus)
  } catch {
    return undefined
  }
}
