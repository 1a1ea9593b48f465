import { cutLine, oneLine } from '@/lib/event/one-line'

/**
 * What others wrote as one short line of plain text, for places that show text as it is, such as a notification of the
 * desktop: nothing in it is invisible, breaks the line or turns it round. Cut by characters.
 */
export function plainLine(text: string, maxLength: number): string {
  return cutLine(oneLine(text), maxLength)
}
