import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { OutgoingError } from '@/lib/http/outgoing-error'
import { letEventsArrive } from './let-events-arrive'

/** On a new connection: a server that wants another client, or none, closes it within a round trip. */
const REFUSAL_MS = 50

type Write = { place: string; timeoutMs: number; signal?: AbortSignal | undefined; isNew: boolean }

const errorCode = (error: unknown) => String((error as { code?: unknown } | undefined)?.code ?? 'closed')

/**
 * Writes the bytes and returns once all of them left this process and the other side has not closed the connection.
 * Whether anybody read them nobody can tell. Destroys the socket and throws OutgoingError on everything else.
 */
export async function writeAll(socket: Socket, bytes: Uint8Array, write: Write): Promise<void> {
  const { place, timeoutMs, signal, isNew } = write
  const fates = new AbortController()
  const onClose = () => {
    const message = `${place} closed the connection (${errorCode(socket.errored)}). Nobody knows how much of the batch it took.`
    fates.abort(new OutgoingError('reset', message))
  }
  const onAbort = () => fates.abort(new OutgoingError('aborted', 'Spoor stopped before all was written.'))
  const onTimeout = () => {
    const message = `${place} did not read the batch within ${Math.round(timeoutMs / 1000)} s.`
    fates.abort(new OutgoingError('timeout', message))
  }
  const timer = setTimeout(onTimeout, timeoutMs)
  signal?.addEventListener('abort', onAbort, { once: true })
  socket.once('end', onClose)
  socket.once('close', onClose)
  try {
    if (signal?.aborted) onAbort()
    if (socket.destroyed || socket.readableEnded) onClose()
    fates.signal.throwIfAborted()
    await new Promise<void>((written, fail) => {
      fates.signal.addEventListener('abort', () => fail(fates.signal.reason), { once: true })
      // An error comes with `close`, which says more.
      socket.write(bytes, (error) => error || written())
    })
    if (isNew) await sleep(REFUSAL_MS)
    await letEventsArrive()
    fates.signal.throwIfAborted()
  } catch (error) {
    socket.destroy()
    throw error
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', onAbort)
    socket.removeListener('end', onClose)
    socket.removeListener('close', onClose)
  }
}
