import { createHash } from 'node:crypto'
import type { Socket } from 'node:net'
import type { Delivery, Tools } from '@/lib/delivery/destinations/contract'
import type { Outcome } from '@/lib/delivery/outcome'
import { OutgoingError } from '@/lib/http/outgoing-error'
import type { SyslogConfig } from './config'
import { keepConnection, takeConnection } from './kept-connections'
import { writeAll } from './write-all'

/** Name lookup, TCP and TLS handshake: what the guard takes unless told otherwise. */
const CONNECT_TIMEOUT_MS = 5_000

type Where = Pick<SyslogConfig, 'host' | 'port' | 'transport' | 'ca'>

export const placeOf = ({ host, port }: Where) =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`

/** Of connections that may stand for each other: whoever trusts another authority must not get this one. */
function targetKey(where: Where): string {
  const authority = where.ca === undefined ? '' : createHash('sha256').update(where.ca).digest('hex')
  return `${where.transport} ${placeOf(where)} ${authority}`
}

async function openConnection(
  { host, port, transport, ca }: Where,
  connect: Tools['connect'],
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<Socket> {
  const socket = await connect({
    host,
    port,
    ...(transport === 'tls' && { tls: { ...(ca !== undefined && { ca }) } }),
    ...(timeoutMs < CONNECT_TIMEOUT_MS && { connectTimeoutMs: timeoutMs }),
    ...(signal && { signal }),
  })
  // Nothing is expected from the other side, but unread bytes would make an end into a reset, and hide it.
  socket.on('error', () => {})
  return socket.setNoDelay(true).resume()
}
const kilobytes = (bytes: number) => `${Math.max(1, Math.round(bytes / 1_000))} kB`

/** A kept connection may be dead without our knowing; then the batch goes once more, over a new one. */
async function deliver(
  where: Where,
  { body, owner, timeoutMs, signal }: Delivery,
  connect: Tools['connect'],
): Promise<void> {
  const deadline = performance.now() + timeoutMs
  const leftMs = () => Math.max(1, deadline - performance.now())
  const [place, target] = [placeOf(where), targetKey(where)]
  const write = async (socket: Socket, isNew: boolean) => {
    await writeAll(socket, body, { place, timeoutMs: leftMs(), signal, isNew })
    keepConnection(owner, target, socket)
  }
  const used = await takeConnection(owner, target)
  if (used) {
    try {
      return await write(used, false)
    } catch (error) {
      if (!(error instanceof OutgoingError) || error.reason !== 'reset') throw error
    }
  }
  await write(await openConnection(where, connect, leftMs(), signal), true)
}

/** Writes one batch to the syslog server and says what became of it. Throws only on a bug of ours. */
export async function sendSyslog(where: Where, delivery: Delivery, { connect }: Tools): Promise<Outcome> {
  const started = performance.now()
  const place = placeOf(where)
  const { events, body } = delivery
  const request = `syslog over ${where.transport.toUpperCase()} to ${place}, ${events} ${events === 1 ? 'event' : 'events'}, ${kilobytes(body.byteLength)}`
  const told = () => ({ request, ms: Math.round(performance.now() - started) })
  try {
    await deliver(where, delivery, connect)
    const message = `Written to ${place}. Syslog acknowledges nothing: look there for the ${events === 1 ? 'event' : `${events} events`}.`
    return { verdict: 'delivered', message, ...told() }
  } catch (error) {
    if (!(error instanceof OutgoingError)) throw error
    const { reason, message } = error
    if (reason === 'aborted') return { verdict: 'aborted', message, ...told() }
    const mayBeTooLarge = reason === 'timeout' || reason === 'reset'
    return { verdict: 'failed', message, ...told(), ...(mayBeTooLarge && { mayBeTooLarge }) }
  }
}
