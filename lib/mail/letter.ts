/** What a letter says, in order; only the title is needed. */
export type Letter = {
  title: string
  paragraphs?: readonly string[]
  /** Short facts with their names. */
  facts?: readonly (readonly [name: string, value: string])[]
  /** Things of one kind, each a line with smaller words below it. */
  items?: readonly { text: string; note?: string }[]
  /** The one thing to do. */
  action?: { label: string; url: string }
  /** Why one gets this letter. */
  footer?: string
}

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign)
/** A letter's text is made of lines; what others wrote must not begin one. */
const oneLine = (text: string) => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()

/** As plain text and as HTML: small, without pictures and scripts, in the reader's light or dark colours. */
export function writeLetter(letter: Letter): { text: string; html: string } {
  return { text: toText(letter), html: toHtml(letter) }
}

function toText({ title, paragraphs = [], facts = [], items = [], action, footer }: Letter): string {
  const blocks = [
    oneLine(title),
    ...paragraphs.map(oneLine),
    facts.map(([name, value]) => `${oneLine(name)}: ${oneLine(value)}`).join('\n'),
    items.map(({ text, note }) => `- ${oneLine(text)}${note ? `\n  ${oneLine(note)}` : ''}`).join('\n'),
    action && `${oneLine(action.label)}: ${action.url}`,
    footer && `-- \n${oneLine(footer)}`,
  ]
  return `${blocks.filter(Boolean).join('\n\n')}\n`
}

const FONT = "font:15px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif"
// Mail programs that know no classes show the light colours of the attributes.
const STYLE = `
:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){
body,.page{background:#141516!important}.card{background:#1d1f21!important;border-color:#34373a!important}
.ink{color:#e8e9ea!important}.soft{color:#a3a8ad!important}.line{border-color:#34373a!important}
.go{background:#e8e9ea!important;color:#141516!important}}`.trim()

function toHtml({ title, paragraphs = [], facts = [], items = [], action, footer }: Letter): string {
  const heading = `<h1 class="ink" style="margin:0 0 12px;font-size:19px;line-height:1.35;color:#1a1c1e">${escapeHtml(title)}</h1>`
  const words = paragraphs.map(
    (text) => `<p class="ink" style="margin:0 0 12px;color:#1a1c1e">${escapeHtml(text)}</p>`,
  )
  const button =
    action &&
    `<p style="margin:16px 0 4px"><a class="go" href="${escapeHtml(action.url)}" style="display:inline-block;padding:8px 14px;border-radius:6px;background:#1a1c1e;color:#fff;text-decoration:none;font-weight:600">${escapeHtml(action.label)}</a></p>`
  const card = [heading, ...words, factsTable(facts), itemsTable(items), button].filter(Boolean).join('\n')
  const foot =
    footer &&
    `<p class="soft" style="margin:12px 4px 0;font-size:13px;color:#62676c">${escapeHtml(footer)}</p>`
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body style="margin:0;background:#f4f5f6">
<div class="page" style="padding:24px 12px;background:#f4f5f6;${FONT}">
<div style="max-width:560px;margin:0 auto">
<div class="card" style="padding:20px;border:1px solid #dfe1e4;border-radius:8px;background:#fff;overflow-wrap:anywhere">
${card}
</div>
${foot ?? ''}
</div></div></body></html>
`
}

const factsTable = (facts: NonNullable<Letter['facts']>) =>
  facts.length > 0 &&
  `<table role="presentation" cellpadding="0" cellspacing="0" style="margin:0 0 12px;${FONT}">${facts
    .map(
      ([name, value]) =>
        `<tr><td class="soft" style="padding:2px 16px 2px 0;vertical-align:top;white-space:nowrap;color:#62676c">${escapeHtml(name)}</td><td class="ink" style="padding:2px 0;color:#1a1c1e;overflow-wrap:anywhere">${escapeHtml(value)}</td></tr>`,
    )
    .join('')}</table>`

const itemsTable = (items: NonNullable<Letter['items']>) =>
  items.length > 0 &&
  `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="${FONT}">${items
    .map(
      ({ text, note }) =>
        `<tr><td class="line ink" style="padding:8px 0;border-top:1px solid #dfe1e4;color:#1a1c1e;overflow-wrap:anywhere">${escapeHtml(text)}${note ? `<br><span class="soft" style="font-size:13px;color:#62676c">${escapeHtml(note)}</span>` : ''}</td></tr>`,
    )
    .join('')}</table>`
