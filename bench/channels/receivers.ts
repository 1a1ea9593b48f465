import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import type { RungMessage } from '@/lib/notifications/send-notifications'

/** A message in its receiver's hands. */
export type Arrival = {
  /** `performance.now()` when its last byte was there. */
  at: number
  /** Events that it says it tells of. */
  events: number
  /** All of its words. */
  words: string
}

export type Receiver = { arrivals: Arrival[]; close(): Promise<void> }

const toCount = (digits: string | undefined) => (digits ? Number(digits.replaceAll(',', '')) : 1)

/** A mail server of its own, which takes letters and reads them. */
export async function startMailbox(): Promise<Receiver & { port: number }> {
  const arrivals: Arrival[] = []
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const at = performance.now()
        void PostalMime.parse(Buffer.concat(chunks)).then(({ subject = '', text = '' }) => {
          const [, count] = /^\[[^\]]*\] ([\d,]+) events?: /.exec(subject) ?? []
          arrivals.push({ at, events: toCount(count), words: `${subject}\n${text}` })
          done()
        }, done)
      })
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  return {
    port: (server.server.address() as AddressInfo).port,
    arrivals,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** A receiver of webhooks that answers as Slack does. */
export async function startHook(): Promise<Receiver & { url: string }> {
  const arrivals: Arrival[] = []
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const at = performance.now()
      const words = Buffer.concat(chunks).toString()
      const [, count] = /^([\d,]+) events? in /.exec(JSON.parse(words).text) ?? []
      arrivals.push({ at, events: toCount(count), words })
      response.end('ok')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/services/T0/B0/bench`,
    arrivals,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

/** A person's bell, as their browser follows it. */
export async function followBell(url: string, headers: Headers): Promise<Receiver> {
  const arrivals: Arrival[] = []
  const stop = new AbortController()
  const response = await fetch(url, { headers, signal: stop.signal })
  if (!response.ok || !response.body) throw new Error(`${url} answered ${response.status}`)
  const reading = readMessages(response.body, (data) => {
    const { note } = JSON.parse(data) as RungMessage
    arrivals.push({ at: performance.now(), events: note.events, words: data })
  }).catch((error) => {
    if (!stop.signal.aborted) throw error
  })
  return {
    arrivals,
    close: async () => {
      stop.abort()
      await reading
    },
  }
}

async function readMessages(body: ReadableStream<Uint8Array>, take: (data: string) => void): Promise<void> {
  let text = ''
  const decoder = new TextDecoder()
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true })
    const messages = text.split('\n\n')
    text = messages.pop() ?? ''
    for (const message of messages) {
      const [, data] = /^data: ?(.+)$/m.exec(message) ?? []
      if (data?.includes('"note"')) take(data)
    }
  }
}
