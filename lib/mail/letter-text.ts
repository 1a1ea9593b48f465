import { cutLine, oneLine } from '@/lib/event/one-line'
import { byDay, type EventRow, type EventTable, timeOfDay } from './event-table'
import { breakLinks, isRightToLeft } from './foreign-text'
import type { Letter } from './letter'

/** Neither seen nor part of any name: it only keeps mail programs from making a link. */
const JOINT = '\u200b'
/** Keeps what is written from right to left to itself. */
const ISOLATE = '\u2068'
const ISOLATE_END = '\u2069'
const GAP = '  '
/** Of a column, in signs; what is longer stands in the trail. The longest IP address has 39. */
const MAX_WIDTH = 40
const COLUMNS: readonly { head: string; of: (row: EventRow) => string }[] = [
  { head: 'Time', of: timeOfDay },
  { head: 'Level', of: ({ level }) => level },
  { head: 'Log type', of: ({ type }) => type },
  { head: 'User', of: ({ user = '' }) => user },
  { head: 'IP address', of: ({ ip = '' }) => ip },
]
const INDENT = ' '.repeat(10)

/** A letter as plain text: lines, columns of signs of one width, and links in full. Pure. */
export function textOf(letter: Letter): string {
  const { title, paragraphs = [], facts = [], items = [], tables = [], action, footer, settings } = letter
  const foot = [footer && safe(footer), settings && `${settings.label}: ${settings.url}`].filter(Boolean)
  const blocks = [
    safe(title),
    ...paragraphs.map(safe),
    facts.map(([name, value]) => `${safe(name)}: ${safe(value)}`).join('\n'),
    items.map(({ text, note }) => `- ${safe(text)}${note ? `\n  ${safe(note)}` : ''}`).join('\n'),
    ...tables.map(tableOf),
    action && `${safe(action.label)}: ${action.url}`,
    foot.length > 0 && `-- \n${foot.join('\n')}`,
  ]
  return `${blocks.filter(Boolean).join('\n\n')}\n`
}

const safe = (text: string) => guard(oneLine(text))

function guard(line: string): string {
  const words = breakLinks(line).join(JOINT)
  return isRightToLeft(line) ? `${ISOLATE}${words}${ISOLATE_END}` : words
}

function tableOf({ heading, rows, more }: EventTable): string {
  const cells = (row: EventRow) => COLUMNS.map(({ of }) => cutLine(oneLine(of(row)), MAX_WIDTH))
  const heads = COLUMNS.map(({ head }) => head)
  const widths = heads.map((head, i) =>
    Math.max(head.length, ...rows.map((row) => [...(cells(row)[i] ?? '')].length)),
  )
  const line = (values: readonly string[]) =>
    values
      .map((value, i) => guard(value) + ' '.repeat(Math.max(0, (widths[i] ?? 0) - [...value].length)))
      .join(GAP)
      .trimEnd()
  const days = byDay(rows).map(({ day, rows: those }) => {
    const lines = those.map((row) =>
      [line(cells(row)), INDENT + safe(row.text), row.url && INDENT + row.url].filter(Boolean).join('\n'),
    )
    return [`${day} (UTC)`, line(heads), ...lines].join('\n')
  })
  return [heading && safe(heading), ...days, more && safe(more)].filter(Boolean).join('\n\n')
}
