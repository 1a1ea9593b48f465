import { eventTable } from './event-table-html'
import { FONT, INK, LINE, link, SOFT, words } from './html-words'
import type { Letter } from './letter'

// Mail programs that know no classes show the light colours of the attributes.
const STYLE = `
:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){
body,.page{background:#141516!important}.card{background:#1d1f21!important;border-color:#34373a!important}
.ink{color:#e8e9ea!important}.soft{color:#a3a8ad!important}.line{border-color:#34373a!important}
.go{background:#e8e9ea!important;color:#141516!important}
.notice{color:#9cc0f5!important}.warning{color:#eec46c!important}.error{color:#ff9d8f!important}.critical{color:#f79ac8!important}}
@media (max-width:480px){.page{padding:12px 8px!important}.card{padding:16px 12px!important}}`.trim()

/** A letter as HTML: tables, and styles at their elements, which is all that every mail program understands. Pure. */
export function htmlOf(letter: Letter): string {
  const { title, paragraphs = [], facts = [], items = [], tables = [], action, footer, settings } = letter
  const heading = `<h1 class="ink" style="margin:0 0 12px;font-size:19px;line-height:1.35;${INK}">${words(title)}</h1>`
  const said = paragraphs.map((text) => `<p class="ink" style="margin:0 0 12px;${INK}">${words(text)}</p>`)
  const button =
    action &&
    `<p style="margin:16px 0 4px">${link(action.url, words(action.label), 'go', 'display:inline-block;padding:8px 14px;border-radius:6px;background:#1a1c1e;color:#fff;text-decoration:none;font-weight:600')}</p>`
  const card = [heading, ...said, factsTable(facts), itemsTable(items), ...tables.map(eventTable), button]
  const foot = [
    footer && words(footer),
    settings && link(settings.url, words(settings.label), 'soft', `${SOFT};text-decoration:underline`),
  ].filter(Boolean)
  const wide = tables.length > 0 ? 720 : 560
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">
<title>Spoor</title><style>${STYLE}</style></head>
<body style="margin:0;background:#f4f5f6">
<div class="page" style="padding:24px 12px;background:#f4f5f6;${FONT}">
<!--[if mso]><table role="presentation" width="${wide}" align="center"><tr><td><![endif]-->
<div style="max-width:${wide}px;margin:0 auto">
<div class="card" style="padding:20px;border:1px solid #dfe1e4;border-radius:8px;background:#fff;overflow-wrap:anywhere">
${card.filter(Boolean).join('\n')}
</div>
${foot.length > 0 ? `<p class="soft" style="margin:12px 4px 0;font-size:13px;${SOFT}">${foot.join(' ')}</p>` : ''}
</div>
<!--[if mso]></td></tr></table><![endif]-->
</div></body></html>
`
}

const factsTable = (facts: NonNullable<Letter['facts']>) =>
  facts.length > 0 &&
  `<table role="presentation" cellpadding="0" cellspacing="0" style="margin:0 0 12px;${FONT}">${facts
    .map(
      ([name, value]) =>
        `<tr><td class="soft" style="padding:2px 16px 2px 0;vertical-align:top;white-space:nowrap;${SOFT}">${words(name)}</td><td class="ink" style="padding:2px 0;${INK};overflow-wrap:anywhere">${words(value)}</td></tr>`,
    )
    .join('')}</table>`

const itemsTable = (items: NonNullable<Letter['items']>) =>
  items.length > 0 &&
  `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="${FONT}">${items
    .map(
      ({ text, note }) =>
        `<tr><td class="line ink" style="padding:8px 0;${LINE};${INK};overflow-wrap:anywhere">${words(text)}${note ? `<br><span class="soft" style="font-size:13px;${SOFT}">${words(note)}</span>` : ''}</td></tr>`,
    )
    .join('')}</table>`
