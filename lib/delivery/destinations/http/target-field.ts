import { z } from 'zod'
import type { FieldDeclaration } from '@/lib/delivery/destinations/fields'
import { AppError } from '@/lib/errors/app-error'
import { isHeaderValue } from '@/lib/http/header-rules'
import { OutgoingError } from '@/lib/http/outgoing-error'
import { parseTargetUrl } from '@/lib/http/target-url'

/** Why requests must not go to this URL, for people; undefined if they may. */
export function complaintAboutUrl(text: string): string | undefined {
  try {
    parseTargetUrl(text)
    return undefined
  } catch (error) {
    if (error instanceof OutgoingError) return error.message
    throw error
  }
}

/** A URL that a tenant may have requests sent to. */
export const urlInput = z
  .string({ error: 'Give the URL that events are posted to.' })
  .trim()
  .superRefine((value, check) => {
    const complaint = complaintAboutUrl(value)
    if (complaint) check.addIssue({ code: 'custom', message: complaint })
  })

/** A key that is sent in a header. */
export const keyInput = z
  .string()
  .trim()
  .refine(isHeaderValue, 'A key is one line of printable ASCII characters without spaces around it.')
  .optional()

/** Whether secrets that were entered for one URL would reach another server by the new one. */
export function leadsElsewhere(before: string, after: string): boolean {
  return new URL(before).origin !== new URL(after).origin
}

export const ENTER_AGAIN = 'Enter it again: the URL leads to another server, which must not get the old one.'

/** Fields that are right alone, but not together. */
export function complainAbout(field: string, detail: string): never {
  const violations = [{ pointer: `/${field}`, code: 'invalid', detail }]
  throw new AppError('invalid', 'Please check the marked fields.', { violations })
}

export const GZIP_FIELD: FieldDeclaration = {
  name: 'gzip',
  label: 'Compress',
  control: 'switch',
  section: 'advanced',
  hint: 'Sends requests with gzip, about a tenth of their size. The receiver must know Content-Encoding: gzip.',
}
