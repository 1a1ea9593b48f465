import { z } from 'zod'
import { cutLine, oneLine } from '@/lib/event/one-line'

/** A letter to people, before any server is known. */
export type Mail = {
  to: string | readonly string[]
  subject: string
  text: string
  html?: string
  /** `<…@…>`, the same for every try: see `messageIdOf`. */
  messageId: string
  /** Further headers, such as `List-Id`. */
  headers?: Readonly<Record<string, string>>
}

export type MailAddress = { name: string; address: string }
/** What is handed to a server: checked, so that nothing in it can begin a header. */
export type MailMessage = Omit<Mail, 'to' | 'headers'> & {
  from: MailAddress
  to: string[]
  headers: Record<string, string>
}

/** Longer ones are cut in every list of letters anyway. */
const MAX_SUBJECT_LENGTH = 160
/** RFC 5321: 256 octets with its angle brackets. */
const MAX_ADDRESS_LENGTH = 254
/** RFC 5322, dot-atoms only: `name@host`, and a literal address as a host. */
const MESSAGE_ID = /^<[A-Za-z0-9._-]{1,200}@[A-Za-z0-9.:_[\]-]{1,253}>$/
const HEADER_NAME = /^[A-Za-z][A-Za-z0-9-]{0,63}$/
const HEADER_VALUE = /^[\x21-\x7e](?:[\x20-\x7e]{0,898}[\x21-\x7e])?$/
/** Set here or by the mailer; a second one would contradict the first. */
const OWN_HEADERS =
  /^(from|to|cc|bcc|subject|sender|date|message-id|mime-version|content-.*|auto-submitted)$/i

const address = z.email().max(MAX_ADDRESS_LENGTH)

/** Whether it is a plain address such as `jdoe@acme.example`, with nothing around it. */
export const isMailAddress = (text: string) => address.safeParse(text).success

/** One line, in which nothing steers a terminal, hides, or turns the direction of writing. */
export const toSubject = (text: string): string => cutLine(oneLine(text), MAX_SUBJECT_LENGTH)

/** `Spoor <spoor@acme.example>` or the address alone. Undefined if it is neither. */
export function parseMailAddress(text: string): MailAddress | undefined {
  const [, name = '', bracketed] = /^([^<>]*)<([^<>]+)>$/.exec(text.trim()) ?? []
  const found = (bracketed ?? text).trim()
  return isMailAddress(found) ? { name: toSubject(name.replaceAll('"', '')), address: found } : undefined
}

/** Throws if an address, a header or the Message-ID could be read as more than it is: a bug of the caller. */
export function toMailMessage({ to, headers = {}, ...mail }: Mail, from: MailAddress): MailMessage {
  const recipients = typeof to === 'string' ? [to] : [...to]
  if (recipients.length === 0) throw new Error('a letter needs a recipient')
  if (!recipients.every(isMailAddress)) throw new Error('a recipient of the letter is not an address')
  if (!MESSAGE_ID.test(mail.messageId)) throw new Error(`${mail.messageId} is not a Message-ID`)
  for (const [name, value] of Object.entries(headers)) {
    if (!HEADER_NAME.test(name) || OWN_HEADERS.test(name) || !HEADER_VALUE.test(value))
      throw new Error(`a letter cannot carry the header ${name}`)
  }
  return {
    ...mail,
    from,
    to: recipients,
    subject: toSubject(mail.subject),
    headers: { 'Auto-Submitted': 'auto-generated', ...headers },
  }
}
