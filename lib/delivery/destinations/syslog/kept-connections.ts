import type { Socket } from 'node:net'
import { letEventsArrive } from './let-events-arrive'

/** Servers close silent connections after minutes; a stream that sends often needs no more than this. */
const IDLE_MS = 4_000
/** For what is still on its way, and the other side's own end. */
const GOODBYE_MS = 5_000
/** Like the pools of HTTP: a busy process has some dozens of owners in flight. */
const MAX_KEPT = 512

type Kept = { socket: Socket; target: string; stopWaiting(): void }

/** By owner; the one that was kept first comes first. */
const kept = new Map<string, Kept>()

/** Takes a connection out of the keeping, whatever becomes of it. */
function removeKept(owner: string): Kept | undefined {
  const found = kept.get(owner)
  kept.delete(owner)
  found?.stopWaiting()
  return found
}

/** An end after what was written, so that it still arrives; a server that never answers it holds no socket of ours. */
function endSocket(socket: Socket): void {
  const timer = setTimeout(() => socket.destroy(), GOODBYE_MS).unref()
  socket.once('close', () => clearTimeout(timer))
  socket.end()
}

function endKept(owner: string): void {
  const found = removeKept(owner)
  if (found) endSocket(found.socket)
}

const isOpen = (socket: Socket) => !socket.destroyed && socket.writable && !socket.readableEnded

/** The owner's connection to this target, if one was kept and the other side has not closed it since. */
export async function takeConnection(owner: string, target: string): Promise<Socket | undefined> {
  const found = removeKept(owner)
  if (!found) return undefined
  const { socket } = found
  if (found.target !== target) {
    endSocket(socket)
    return undefined
  }
  socket.ref()
  await letEventsArrive()
  if (isOpen(socket)) return socket
  socket.destroy()
  return undefined
}

/** Leaves a connection to the owner's next batch; it is ended if none comes. An idle one keeps no process alive. */
export function keepConnection(owner: string, target: string, socket: Socket): void {
  if (!isOpen(socket)) {
    socket.destroy()
    return
  }
  endKept(owner)
  const [oldest] = kept.keys()
  if (kept.size >= MAX_KEPT && oldest !== undefined) endKept(oldest)
  const end = () => endKept(owner)
  const timer = setTimeout(end, IDLE_MS).unref()
  socket.once('close', end)
  socket.unref()
  kept.set(owner, {
    socket,
    target,
    stopWaiting: () => {
      clearTimeout(timer)
      socket.removeListener('close', end)
    },
  })
}
