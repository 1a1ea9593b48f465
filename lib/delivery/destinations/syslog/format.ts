import { z } from 'zod'
import type { Encoder } from '@/lib/delivery/destinations/contract'
import { ENCODINGS_VERSION } from '@/lib/delivery/encodings/encodings'
import { toSyslogMessage } from '@/lib/delivery/encodings/rfc5424'
import type { ForwardedEvent } from '@/lib/delivery/forwarded-event'
import { CONTENTS, FACILITIES, FRAMINGS, type SyslogConfig } from './config'

/** Raise the first number when framing or header give other bytes for the same event. */
export const SYSLOG_FORMAT_VERSION = 1 * 100 + ENCODINGS_VERSION

/** What the bytes depend on. */
export const syslogFormatSchema = z.strictObject({
  tenant: z.string(),
  content: z.enum(CONTENTS),
  framing: z.enum(FRAMINGS),
  facility: z.int(),
  enterpriseId: z.int(),
  appName: z.string(),
  hostname: z.string().optional(),
  bom: z.boolean(),
  maxBytes: z.int(),
})
export type SyslogFormat = z.infer<typeof syslogFormatSchema>

export function syslogFormat(config: SyslogConfig, tenant: string): SyslogFormat {
  const { encoding, framing, facility, enterpriseId, appName, hostname, bom, maxMessageBytes } = config
  return {
    tenant,
    content: encoding,
    framing,
    facility: FACILITIES[facility],
    enterpriseId,
    appName,
    ...(hostname !== undefined && { hostname }),
    bom,
    maxBytes: maxMessageBytes,
  }
}

/** RFC 6587: a message after its length in bytes, or before a newline, which no message contains. */
const FRAMES: Record<SyslogFormat['framing'], (message: string) => string> = {
  octet_counting: (message) => `${Buffer.byteLength(message)} ${message}`,
  newline: (message) => `${message}\n`,
}

export function syslogEncoder({ framing, hostname, ...format }: SyslogFormat): Encoder {
  const write = (event: ForwardedEvent, checkpoint?: string) =>
    FRAMES[framing](toSyslogMessage(event, { ...format, hostname, checkpoint }))
  return {
    encode: (event) => write(event),
    encodeLast: write,
    join: (items) => items.join(''),
    overheadBytes: 0,
  }
}
