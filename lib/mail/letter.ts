import type { EventTable } from './event-table'
import { htmlOf } from './letter-html'
import { textOf } from './letter-text'

/** What a letter says, in order; only the title is needed. All but the URLs may have been written by others. */
export type Letter = {
  title: string
  paragraphs?: readonly string[]
  /** Short facts with their names. */
  facts?: readonly (readonly [name: string, value: string])[]
  /** Things of one kind, each a line with smaller words below it. */
  items?: readonly { text: string; note?: string }[]
  tables?: readonly EventTable[]
  /** The one thing to do. */
  action?: LetterLink
  /** Why one gets this letter, and where to change that. */
  footer?: string
  settings?: LetterLink
}

type LetterLink = { label: string; url: string }

/** As plain text and as HTML: small, without pictures and scripts, in the reader's light or dark colours. Pure. */
export function writeLetter(letter: Letter): { text: string; html: string } {
  return { text: textOf(letter), html: htmlOf(letter) }
}
