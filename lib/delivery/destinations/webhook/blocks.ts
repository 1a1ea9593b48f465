import { timeOf } from '@/lib/delivery/digest/count-words'
import { MAX_BLOCKS, MAX_FIELDS, MAX_HEADER, MAX_SECTION } from './limits'
import { shorten } from './neutral-text'
import type { Notice } from './notice'

type PlainText = { type: 'plain_text'; text: string; emoji: false }
type Block =
  | { type: 'header'; text: PlainText }
  | { type: 'section'; text: PlainText | { type: 'mrkdwn'; text: string; verbatim: true } }
  | { type: 'section'; fields: PlainText[] }
  | { type: 'context'; elements: PlainText[] }

/** Slack reads no mention, link or emphasis in it. */
const plain = (text: string): PlainText => ({ type: 'plain_text', text, emoji: false })

/** Within a link Slack's own signs are written as entities. */
const toLink = ({ label, url }: Notice['link']) =>
  `<${url.replaceAll('&', '&amp;').replaceAll('<', '%3C').replaceAll('>', '%3E').replaceAll('|', '%7C')}|${label}>`

/** The notice as Slack's Block Kit shows it best. Pure. */
export function toBlocks({ summary, link, lines, more, facts, footer, at }: Notice): Block[] {
  const fields = facts.map(([label, value]) => plain(`${label}\n${value}`)).slice(0, MAX_FIELDS)
  // Slack refuses a section of no fields.
  const known: Block[] = fields.length > 0 ? [{ type: 'section', fields }] : []
  const sections = intoSections([...lines.map((line) => `• ${line}`), ...(more ? [more] : [])])
  const around: Block[] = [
    ...known,
    { type: 'section', text: { type: 'mrkdwn', text: toLink(link), verbatim: true } },
    { type: 'context', elements: [plain(`${footer} · ${timeOf(at)}`)] },
  ]
  return [
    { type: 'header', text: plain(shorten(summary, MAX_HEADER)) },
    ...sections
      .slice(0, MAX_BLOCKS - around.length - 1)
      .map((text): Block => ({ type: 'section', text: plain(text) })),
    ...around,
  ]
}

/** As few texts as their size allows, none in the middle of a line. */
function intoSections(lines: readonly string[]): string[] {
  const sections: string[] = []
  for (const line of lines) {
    const last = sections.at(-1)
    if (last !== undefined && last.length + 1 + line.length <= MAX_SECTION)
      sections[sections.length - 1] = `${last}\n${line}`
    else sections.push(line)
  }
  return sections
}
