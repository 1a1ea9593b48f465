import { oneLine } from '@/lib/event/one-line'
import { breakLinks, isRightToLeft } from './foreign-text'

export const FONT = "font:15px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif"
/** Colours as the light attributes say them; classes of the same names turn them dark. */
export const INK = 'color:#1a1c1e'
export const SOFT = 'color:#62676c'
export const LINE = 'border-top:1px solid #dfe1e4'

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign)

/** What others wrote, as the contents of an element: no markup, and nothing that a mail program makes a link of. Pure. */
export function words(text: string): string {
  const line = oneLine(text)
  const [first = '', ...rest] = breakLinks(line).map(escapeHtml)
  const html = first + rest.map((piece) => `<span>${piece}</span>`).join('')
  return isRightToLeft(line) ? `<bdi>${html}</bdi>` : html
}

/** `html` is what `words` gave. */
export const link = (url: string, html: string, names: string, style: string) =>
  `<a class="${names}" href="${escapeHtml(url)}" style="${style}">${html}</a>`
