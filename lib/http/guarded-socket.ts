import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { guardedLookup, guardSocket } from './guarded-agents'
import { OutgoingError, toOutgoingError } from './outgoing-error'
import { type Resolver, systemResolver } from './system-resolver'
import { checkServicePort, isServicePort, parseTargetHost } from './target-host'

/** Name lookup, TCP and TLS handshake; even across the world they take a tenth of it. */
const CONNECT_TIMEOUT_MS = 5_000

export type SocketTarget = {
  host: string
  port: number
  /** Present: TLS 1.2 or newer, verified against the system's authorities, or against `ca` (PEM) alone. */
  tls?: { ca?: string }
  connectTimeoutMs?: number
  signal?: AbortSignal
  /** Asks for the addresses of a name; the system's resolver unless given. */
  resolve?: Resolver
}

export type Connect = (target: SocketTarget) => Promise<Socket>

/**
 * Opens a connection to a place that a tenant named, with the rules of `guardedRequest`: literals, DNS answers and
 * the connected socket are checked; ports are those of mail and syslog, and 1024 and above. The caller sets its own
 * deadline for what follows, and listens for `error` and `close`. Throws OutgoingError.
 */
export const guardedConnect: Connect = async (target) => {
  const { port, tls, connectTimeoutMs = CONNECT_TIMEOUT_MS, signal, resolve = systemResolver } = target
  const host = parseTargetHost(target.host)
  if (!isServicePort('smtp', port)) checkServicePort('syslog', port)
  const place = `${host}:${port}`
  const stop = new AbortController()
  const onAbort = () =>
    stop.abort(new OutgoingError('aborted', 'Spoor stopped before the connection was made.'))
  const timer = setTimeout(() => {
    const message = `${place} took no connection within ${Math.round(connectTimeoutMs / 1000)} s.`
    stop.abort(new OutgoingError('connect', message))
  }, connectTimeoutMs)
  signal?.addEventListener('abort', onAbort, { once: true })
  try {
    if (signal?.aborted) onAbort()
    stop.signal.throwIfAborted()
    const plain = guardSocket(connectTcp({ host, port, lookup: guardedLookup(resolve) }), host)
    await opened(plain, 'connect', stop.signal)
    if (!tls) return plain
    // Only now: while it connects, Node tries several addresses, each with a socket of its own below.
    const secure = connectTls({
      socket: plain,
      minVersion: 'TLSv1.2',
      // The name that the certificate must have; an address is not sent to the server (RFC 6066).
      host,
      ...(!isIP(host) && { servername: host }),
      ...(tls.ca && { ca: tls.ca }),
    })
    return await opened(secure, 'secureConnect', stop.signal, plain)
  } catch (error) {
    throw toOutgoingError(error, place)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', onAbort)
  }
}

/** Waits for the socket's event, and destroys it and what lies below if it fails or is not waited for any longer. */
async function opened(
  socket: Socket,
  event: 'connect' | 'secureConnect',
  signal: AbortSignal,
  below?: Socket,
): Promise<Socket> {
  // Stays: an error that comes when nobody listens any more must not end the process.
  socket.on('error', () => {})
  let onAbort = () => {}
  try {
    await new Promise<void>((done, fail) => {
      // A resolver that answers at once may have taken until now.
      if (signal.aborted) fail(signal.reason)
      onAbort = () => fail(signal.reason)
      signal.addEventListener('abort', onAbort, { once: true })
      socket.once(event, () => done())
      socket.once('error', fail)
      socket.once('close', () => fail(Object.assign(new Error('closed'), { code: 'ECONNRESET' })))
    })
    // The guard's own listener came first, and may have found a forbidden address.
    if (socket.destroyed) throw socket.errored ?? Object.assign(new Error('closed'), { code: 'ECONNRESET' })
    return socket
  } catch (error) {
    socket.destroy()
    below?.destroy()
    throw error
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
