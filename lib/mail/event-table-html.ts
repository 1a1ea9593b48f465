import type { Level } from '@/lib/event/levels'
import { byDay, type EventRow, type EventTable, timeOfDay } from './event-table'
import { FONT, INK, LINE, link, SOFT, words } from './html-words'

/** As in the console: the everyday is quiet. */
const LEVEL_COLORS: Record<Level, string> = {
  trace: '#62676c',
  debug: '#62676c',
  info: '#62676c',
  notice: '#1f5fbf',
  warning: '#8a5a00',
  error: '#c0271a',
  critical: '#a3115f',
}
const isQuiet = (level: Level) => LEVEL_COLORS[level] === LEVEL_COLORS.info
const SMALL = 'font-size:13px'
const CELL = `padding:8px 12px 8px 0;vertical-align:top;${LINE}`

/**
 * Three columns of two lines each: so it is read on a telephone, also in mail programs that know no media queries.
 * All words of an event are links to its place in the trail, so that none of them can become another one. Pure.
 */
export function eventTable({ heading, rows, more }: EventTable): string {
  const title =
    heading &&
    `<h2 class="ink" style="margin:20px 0 4px;font-size:16px;line-height:1.35;${INK}">${words(heading)}</h2>`
  const rest = more && `<p class="soft" style="margin:12px 0 0;${SOFT}">${words(more)}</p>`
  return [title, rows.length > 0 && table(rows), rest].filter(Boolean).join('\n')
}

function table(rows: readonly EventRow[]): string {
  const days = byDay(rows).map(({ day, rows: those }) => headOf(day) + those.map(rowOf).join('\n'))
  return `<table width="100%" cellpadding="0" cellspacing="0" style="table-layout:fixed;border-collapse:collapse;margin:8px 0 0;${FONT}">
<colgroup><col width="76"><col><col width="30%"></colgroup>
${days.join('\n')}
</table>`
}

function headOf(day: string): string {
  const head = (text: string, width?: string) =>
    `<th class="soft" align="left"${width ? ` width="${width}"` : ''} style="padding:12px 12px 4px 0;vertical-align:bottom;font-size:12px;line-height:1.3;font-weight:400;text-align:left;${SOFT}">${text}</th>`
  return `<tr>${head(`${day}<br>UTC`, '76')}${head('Event<br>Log type')}${head('User<br>IP address', '30%')}</tr>\n`
}

function rowOf(row: EventRow): string {
  const { level, type, text, user, ip, url } = row
  const anchor = (html: string, names: string, style: string, line = 'none') =>
    url
      ? link(url, html, names, `${style};text-decoration:${line}`)
      : `<span class="${names}" style="${style}">${html}</span>`
  const soft = (value: string) => anchor(words(value), 'soft', `${SOFT};${SMALL}`)
  const ink = (value: string) => anchor(words(value), 'ink', INK)
  const sentence = anchor(words(text), 'ink', INK, 'underline;text-decoration-color:#b6bbc0')
  const color = `color:${LEVEL_COLORS[level]};${SMALL}${isQuiet(level) ? '' : ';font-weight:600'}`
  const mark = `<span class="${isQuiet(level) ? 'soft' : level}" style="${color}">${level}</span>`
  const who = [user && ink(user), ip && soft(ip)].filter(Boolean).join('<br>')
  return `<tr><td class="line ink" style="${CELL};${INK};white-space:nowrap">${timeOfDay(row)}<br>${mark}</td><td class="line" style="${CELL};overflow-wrap:anywhere;word-break:break-word">${sentence}<br>${soft(type)}</td><td class="line" style="${CELL};padding-right:0;overflow-wrap:anywhere;word-break:break-word">${who}</td></tr>`
}
