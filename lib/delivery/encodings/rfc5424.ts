import { createHash } from 'node:crypto'
import { domainToASCII } from 'node:url'
import type { ForwardedEvent } from '@/lib/delivery/forwarded-event'
import { matchedName, matchedOrganisation, sentenceOf } from '@/lib/delivery/matched-names'
import { type EncodingName, encodingOf } from './encodings'
import { readOutgoing } from './outgoing-event'
import { SEVERITIES } from './severities'
import { showControls } from './visible-controls'

/** Reserved by the IANA for documentation; an operator who has a number of their own sets that. */
export const EXAMPLE_ENTERPRISE_ID = 32473
/** `log audit`. */
const AUDIT_FACILITY = 13

/** `text` is one sentence for people, beside which all facts stand in the structured data. */
export type SyslogContent = EncodingName | 'text'

export type SyslogOptions = {
  /** Whose events they are: named in the structured data. */
  tenant?: string
  /** 0–23; the log audit unless given. */
  facility?: number
  enterpriseId?: number
  appName?: string
  /** The event's own source unless given. */
  hostname?: string | undefined
  /** Few receivers take it away again: it then stands before the message as U+FEFF. */
  bom?: boolean
  /** What the message is; native JSON unless given. */
  content?: SyslogContent
  checkpoint?: string | undefined
  /** A longer message is sent short, and says so. At least MIN_MESSAGE_BYTES; unlimited unless given. */
  maxBytes?: number
}

/** Structured data of a message that was cut always fits into it. */
export const MIN_MESSAGE_BYTES = 4_096
/** Of one value in the structured data of a message that was cut: at most four bytes each, twice if escaped. */
const MAX_CUT_SIGNS = 64

const NIL = '-'
/** Servers keep times as seconds since 1970, and rsyslog takes a header from the year 2100 on for none. */
const [FIRST_TIME, FIRST_TIME_TOO_LATE] = ['1970', '2100']
/** Limits of RFC 5424, section 6. */
const MAX_HOSTNAME = 255
const MAX_APP_NAME = 48
const MAX_MESSAGE_ID = 32

/** A field of the header: printable ASCII without spaces, cut to its limit. */
function headerField(text: string, maxLength: number): string {
  const plain = [...text].map((sign) => (/[!-~]/.test(sign) ? sign : '?')).join('')
  return plain.slice(0, maxLength) || NIL
}

/** A name of the international kind has a form in ASCII. */
function hostField(host: string): string {
  return headerField(/^[!-~]*$/.test(host) ? host : domainToASCII(host) || host, MAX_HOSTNAME)
}

const escapeParam = (text: string) => showControls(text).replace(/["\\\]]/g, '\\$&')

type Params = Record<string, string | null | undefined>

function toElement(enterpriseId: number, params: Params): string {
  const written = Object.entries(params).flatMap(([name, value]) =>
    value === null || value === undefined ? [] : [`${name}="${escapeParam(value)}"`],
  )
  return `[spoor@${enterpriseId} ${written.join(' ')}]`
}

/** When it happened, or else when the trail received it. */
const headerTime = ({ occurredAt, receivedAt }: ForwardedEvent) =>
  occurredAt >= FIRST_TIME && occurredAt < FIRST_TIME_TOO_LATE ? occurredAt : receivedAt

const toBase64 = (text: string | undefined) => text && Buffer.from(text).toString('base64')

/** What one needs to find the event again and to sort it, whatever the message is. */
function paramsOf(event: ForwardedEvent, { tenant, content, checkpoint }: SyslogOptions): Params {
  return {
    id: event.id,
    seq: String(event.seq),
    tenant,
    type: event.type,
    action: event.action,
    actor: event.actorLogin,
    target: event.targetName,
    source: event.source,
    dataSource: event.dataSource,
    actorName: matchedName(event.matched?.actor),
    actorOrganisation: matchedOrganisation(event.matched?.actor),
    targetName: matchedName(event.matched?.targets?.[0]),
    leafHash: event.leafHash,
    occurredAt: headerTime(event) === event.occurredAt ? null : event.occurredAt,
    checkpoint: content === 'text' ? toBase64(checkpoint) : null,
  }
}

const textOf = (event: ForwardedEvent) => showControls(sentenceOf(readOutgoing(event), event.matched))

function messageOf(
  event: ForwardedEvent,
  { content = 'native', tenant = '', checkpoint }: SyslogOptions,
): string {
  return content === 'text' ? textOf(event) : encodingOf(content).encode(event, { tenant, checkpoint })
}

const cutSigns = (text: string | null | undefined) =>
  text && [...text].length > MAX_CUT_SIGNS ? `${[...text].slice(0, MAX_CUT_SIGNS).join('')}…` : text

/** The beginning of a text that has so many bytes in UTF-8, without half a character at its end. */
function cutBytes(text: string, maxBytes: number): string {
  const bytes = Buffer.from(text)
  if (bytes.length <= maxBytes) return text
  let end = maxBytes
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--
  return bytes.toString('utf8', 0, end)
}

/**
 * What a receiver gets of an event that is too long for it: enough to find it in the trail, the hash of the message that
 * it did not get, and as much of the sentence as fits. A cut JSON would be no JSON.
 */
function toShortMessage(
  event: ForwardedEvent,
  header: string,
  whole: string,
  options: SyslogOptions,
): string {
  const { enterpriseId = EXAMPLE_ENTERPRISE_ID, bom, maxBytes = MIN_MESSAGE_BYTES } = options
  const params = Object.entries(paramsOf(event, options)).map(([name, value]) => [name, cutSigns(value)])
  const element = toElement(enterpriseId, {
    ...Object.fromEntries(params),
    // A cut one would be none.
    leafHash: event.leafHash,
    truncated: 'true',
    bytes: String(Buffer.byteLength(whole)),
    sha256: createHash('sha256').update(whole).digest('hex'),
  })
  const start = `${header} ${element} ${bom ? '\ufeff' : ''}`
  return start + cutBytes(textOf(event), maxBytes - Buffer.byteLength(start))
}

/**
 * An event as one message of RFC 5424, without framing and without any line break. Its time is when the event happened,
 * if servers know that year; its MSGID is the log type. Pure.
 */
export function toSyslogMessage(event: ForwardedEvent, options: SyslogOptions = {}): string {
  const { facility = AUDIT_FACILITY, hostname, appName = 'spoor', bom = false } = options
  const { enterpriseId = EXAMPLE_ENTERPRISE_ID, maxBytes } = options
  const priority = facility * 8 + SEVERITIES[event.level].syslog
  const header = [
    `<${priority}>1`,
    headerTime(event),
    hostField(hostname ?? event.source ?? ''),
    headerField(appName, MAX_APP_NAME),
    NIL,
    headerField(event.type, MAX_MESSAGE_ID),
  ].join(' ')
  const whole = messageOf(event, options)
  const text = `${header} ${toElement(enterpriseId, paramsOf(event, options))} ${bom ? '\ufeff' : ''}${whole}`
  if (maxBytes === undefined || Buffer.byteLength(text) <= maxBytes) return text
  // An event is worth more than a checkpoint, which the next batch has too.
  if (options.checkpoint !== undefined) return toSyslogMessage(event, { ...options, checkpoint: undefined })
  return toShortMessage(event, header, whole, options)
}
