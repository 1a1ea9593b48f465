import { z } from 'zod'
import { switchInput } from '@/lib/delivery/destinations/fields'
import { OutgoingError } from '@/lib/http/outgoing-error'
import { parseTargetUrl } from '@/lib/http/target-url'

/** Of the 1,024 bytes of a key the rest is for the names of files. */
const MAX_PREFIX_LENGTH = 900

function endpointComplaint(text: string): string | undefined {
  try {
    const { search, hash } = parseTargetUrl(text)
    return search || hash ? 'An endpoint has no question mark and no hash.' : undefined
  } catch (error) {
    if (error instanceof OutgoingError) return error.message
    throw error
  }
}

const word = (pattern: RegExp, complaint: string) =>
  z.string({ error: complaint }).trim().regex(pattern, complaint)

/** What a person fills in for a prefix of a bucket. An empty text is a field that was left out. */
export const s3OriginFields = {
  bucket: word(
    /^[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]$/,
    'Name the bucket: 3 to 63 letters, digits, dots and hyphens.',
  ),
  region: word(/^(?:[a-z0-9-]{1,63})?$/, 'A region is like eu-central-1.').optional(),
  endpoint: z
    .string()
    .trim()
    .superRefine((value, check) => {
      const message = value === '' ? undefined : endpointComplaint(value)
      if (message) check.addIssue({ code: 'custom', message })
    })
    .optional()
    .describe('Where not at AWS: the address of another storage that speaks S3.'),
  pathStyle: switchInput,
  prefix: z
    .string()
    .max(MAX_PREFIX_LENGTH, `At most ${MAX_PREFIX_LENGTH} characters.`)
    .default('')
    .describe('What the keys of its files begin with: logs/windows/'),
  accessKeyId: word(/^[!-~]{1,256}$/, 'Give the access key: one word without spaces.'),
  secretAccessKey: word(/^[!-~]{0,256}$/, 'A secret access key is one word without spaces.')
    .optional()
    .describe('Never given back. Left out on an edit, it stays as it is.'),
}
