import { z } from 'zod'
import { complaintAboutUrl } from '@/lib/delivery/destinations/http/target-field'

const COLLECTOR = '/services/collector'
/** Where HEC listens on one's own Splunk; Splunk Cloud has it at the port of HTTPS. */
const HEC_PORT = 8088

/** `splunk.example.com`, with or without scheme, port and path, as the URL below which HEC's paths begin. */
function toBaseUrl(text: string): string {
  const hasScheme = /^[a-z]+:\/\//i.test(text)
  const url = URL.canParse(hasScheme ? text : `https://${text}`)
    ? new URL(hasScheme ? text : `https://${text}`)
    : undefined
  if (!url) return text
  if (!hasScheme && url.port === '' && !url.hostname.endsWith('.splunkcloud.com')) url.port = String(HEC_PORT)
  const collector = url.pathname.indexOf(COLLECTOR)
  url.pathname = (collector < 0 ? url.pathname : url.pathname.slice(0, collector)).replace(/\/+$/, '')
  return url.toString().replace(/\/(?=$|[?#])/, '')
}

/** A host, or a URL of any of HEC's endpoints. Becomes the URL before `/services/collector`. */
export const collectorInput = z
  .string({ error: 'Give the host of Splunk, such as http-inputs-acme.splunkcloud.com.' })
  .trim()
  .transform(toBaseUrl)
  .superRefine((base, check) => {
    const complaint = complaintAboutUrl(base)
    if (complaint) check.addIssue({ code: 'custom', message: complaint })
    else if (/[?#]/.test(base))
      check.addIssue({
        code: 'custom',
        message: 'Leave out what comes after the question mark; there are fields for index, source and host.',
      })
  })

export type CollectorPath = 'event' | 'raw' | 'ack' | 'health'

/** The URL of one of HEC's endpoints. */
export function collectorUrl(
  base: string,
  path: CollectorPath,
  query: Readonly<Record<string, string | undefined>> = {},
): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]))
  const search = given.length === 0 ? '' : `?${new URLSearchParams(given)}`
  return `${base}${COLLECTOR}/${path}${search}`
}
