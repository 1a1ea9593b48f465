import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server'

/** A letter that arrived, as a mail program reads it. */
export type ArrivedLetter = {
  from: string
  to: string[]
  secure: boolean
  user: string | undefined
  mail: Email
}

/** Replies to be given instead of taking: `550 no such user`. Undefined: taken. */
export type Replies = {
  connect?: () => string | undefined
  auth?: (user: string, password: string) => string | undefined
  from?: (address: string) => string | undefined
  to?: (address: string) => string | undefined
  data?: (letter: ArrivedLetter) => string | undefined | Promise<string | undefined>
}

export type RealSmtp = {
  port: number
  /** Every letter whose final dot arrived, whatever was answered. */
  arrived: ArrivedLetter[]
  reply(replies: Replies): void
  close(): Promise<void>
}

/** The reply as the server's library wants it: an error with a code. */
function toError(reply: string | undefined): Error | null {
  if (!reply) return null
  const [, code = '', words = ''] = /^(\d{3}) (.*)$/.exec(reply) ?? []
  return Object.assign(new Error(words), { responseCode: Number(code) })
}

/** A real SMTP server on loopback, with the replies that a test wants of it. */
export async function startRealSmtp(options: SMTPServerOptions = {}): Promise<RealSmtp> {
  const arrived: ArrivedLetter[] = []
  let replies: Replies = {}
  const server = new SMTPServer({
    disableReverseLookup: true,
    logger: false,
    authOptional: true,
    allowInsecureAuth: true,
    closeTimeout: 100,
    ...(!options.key && { disabledCommands: ['STARTTLS'] }),
    ...options,
    onConnect: (_session, done) => done(toError(replies.connect?.())),
    onAuth: ({ username, password }, _session, done) => {
      const reply = replies.auth?.(username ?? '', password ?? '')
      if (reply) done(toError(reply))
      else done(null, { user: username })
    },
    onMailFrom: ({ address }, _session, done) => done(toError(replies.from?.(address))),
    onRcptTo: ({ address }, _session, done) => done(toError(replies.to?.(address))),
    onData: async (stream, session, done) => {
      const letter = toLetter(session, await PostalMime.parse(await buffer(stream)))
      arrived.push(letter)
      if (stream.sizeExceeded) done(toError('552 message size exceeds the limit'))
      else done(toError(await replies.data?.(letter)))
    },
  })
  server.on('error', () => {})
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  return {
    port: (server.server.address() as AddressInfo).port,
    arrived,
    reply: (next) => {
      replies = next
    },
    close: () => new Promise((done) => server.close(() => done())),
  }
}

function toLetter({ envelope, secure, user }: SMTPServerSession, mail: Email): ArrivedLetter {
  const { mailFrom, rcptTo } = envelope
  return {
    from: mailFrom ? mailFrom.address : '',
    to: rcptTo.map(({ address }) => address),
    secure,
    user,
    mail,
  }
}

/** A header of a letter that arrived. */
export const headerOf = ({ mail }: ArrivedLetter, name: string): string | undefined =>
  mail.headers.find(({ key }) => key === name.toLowerCase())?.value
