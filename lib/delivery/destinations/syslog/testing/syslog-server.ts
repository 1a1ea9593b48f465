import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import type { ServerIdentity } from '@/lib/http/testing/authority'

export type SyslogServer = {
  port: number
  /** What arrived on each connection, in the order in which they were made. */
  arrived: { bytes: Buffer }[]
  /** What is done to the next connections, instead of reading them. */
  treat(treatment: (socket: Socket) => void): void
  /** Closes the connections, but goes on to listen. */
  hangUp(): Promise<void>
  close(): Promise<void>
}

/** A real server on loopback that keeps the bytes that it reads. With an identity it speaks TLS. */
export async function startSyslogServer(identity?: ServerIdentity): Promise<SyslogServer> {
  const arrived: SyslogServer['arrived'] = []
  const sockets = new Set<Socket>()
  let treatment = (_socket: Socket): void => {}
  let isReading = true
  const accept = (socket: Socket) => {
    const connection = { bytes: Buffer.alloc(0) }
    arrived.push(connection)
    if (isReading)
      socket.on('data', (chunk: Buffer) => {
        connection.bytes = Buffer.concat([connection.bytes, chunk])
      })
    treatment(socket)
  }
  const server = identity ? createTlsServer(identity, accept) : createServer(accept)
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.once('close', () => sockets.delete(socket))
  })
  // A client that does not trust the certificate goes away in the middle of the handshake.
  server.on('tlsClientError', () => {})
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const hangUp = async () => {
    const closing = [...sockets].map((socket) => once(socket, 'close'))
    for (const socket of sockets) socket.destroy()
    await Promise.all(closing)
  }
  return {
    port: (server.address() as AddressInfo).port,
    arrived,
    treat: (next) => {
      treatment = next
      isReading = false
    },
    hangUp,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      await hangUp()
      await closed
    },
  }
}

/** The messages in a stream of octet counting (RFC 6587). Throws if anything stands between them. */
export function readFrames(bytes: Buffer): string[] {
  const messages: string[] = []
  let at = 0
  while (at < bytes.length) {
    const space = bytes.indexOf(' ', at)
    const length = bytes.toString('latin1', at, space)
    if (!/^[1-9]\d{0,9}$/.test(length)) throw new Error(`no frame at ${at}`)
    const end = space + 1 + Number(length)
    if (end > bytes.length) throw new Error(`half a frame at ${at}`)
    messages.push(bytes.toString('utf8', space + 1, end))
    at = end
  }
  return messages
}
