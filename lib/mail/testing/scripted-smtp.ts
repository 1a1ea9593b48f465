import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { createServer as createTlsServer, TLSSocket } from 'node:tls'
import type { ServerIdentity } from '@/lib/http/testing/authority'

/** What is said instead of the usual reply, by command; `drop` cuts the connection, `hang` says nothing. */
type Command = 'greeting' | 'EHLO' | 'STARTTLS' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'message'
export type Script = Partial<Record<Command, string | ((line: string) => string)>>
export type ReceivedMail = {
  from: string
  to: string[]
  data: string
  secure: boolean
  auth: string | undefined
}

export type ScriptedSmtp = {
  port: number
  /** Every letter whose final dot arrived, whatever was answered. */
  received: ReceivedMail[]
  follow(script: Script): void
  close(): Promise<void>
}

const USUAL: Record<Command, string> = {
  greeting: '220 mail.test ESMTP',
  EHLO: '250 mail.test',
  STARTTLS: '220 go ahead',
  AUTH: '235 welcome',
  MAIL: '250 ok',
  RCPT: '250 ok',
  DATA: '354 go ahead',
  message: '250 taken',
}

/** An SMTP server on loopback that does to a sender what servers do. With an identity it offers, or begins with, TLS. */
export async function startScriptedSmtp(
  given: { identity?: ServerIdentity; implicit?: boolean; auth?: boolean } = {},
): Promise<ScriptedSmtp> {
  const { identity, implicit = false, auth = false } = given
  const received: ReceivedMail[] = []
  const sockets = new Set<Socket>()
  let script: Script = {}
  const serve = (socket: Socket) => converse(socket, implicit)

  function converse(socket: Socket, secure: boolean, greeted = false) {
    let mail = { from: '', to: [] as string[], auth: undefined as string | undefined }
    let text = ''
    let inData = false
    const say = (command: Command, line = '') => {
      const own = script[command]
      const reply = (typeof own === 'function' ? own(line) : own) ?? USUAL[command]
      if (reply === 'drop') socket.destroy()
      else if (reply !== 'hang') socket.write(`${reply}\r\n`)
      return reply
    }
    const answer: Record<string, (line: string) => void> = {
      EHLO: (line) => {
        if (identity && !secure) socket.write('250-STARTTLS\r\n')
        if (auth) socket.write('250-AUTH PLAIN\r\n')
        say('EHLO', line)
      },
      STARTTLS: (line) => {
        if (!identity) return void socket.write('502 no TLS here\r\n')
        if (!say('STARTTLS', line).startsWith('220')) return
        socket.removeAllListeners('data')
        converse(new TLSSocket(socket, { isServer: true, ...identity }), true, true)
      },
      AUTH: (line) => {
        mail.auth = Buffer.from(line.split(' ')[2] ?? '', 'base64').toString()
        say('AUTH', line)
      },
      MAIL: (line) => {
        mail = { ...mail, from: addressIn(line), to: [] }
        say('MAIL', line)
      },
      RCPT: (line) => {
        if (say('RCPT', line).startsWith('250')) mail.to.push(addressIn(line))
      },
      DATA: (line) => {
        inData = say('DATA', line).startsWith('354')
      },
      QUIT: () => void socket.end('221 bye\r\n'),
      RSET: () => void socket.write('250 ok\r\n'),
    }
    socket.on('error', () => {})
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      for (;;) {
        const end = text.indexOf(inData ? '\r\n.\r\n' : '\r\n')
        if (end < 0) return
        const part = text.slice(0, end)
        text = text.slice(end + (inData ? 5 : 2))
        if (inData) {
          inData = false
          received.push({ ...mail, data: part, secure })
          say('message')
        } else answer[part.split(/[ :]/)[0]?.toUpperCase() ?? '']?.(part)
      }
    })
    if (!greeted) say('greeting')
  }

  const server = implicit && identity ? createTlsServer(identity, serve) : createServer(serve)
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    received,
    follow: (next) => {
      script = next
    },
    close: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

const addressIn = (line: string) => /<([^>]*)>/.exec(line)?.[1] ?? ''
