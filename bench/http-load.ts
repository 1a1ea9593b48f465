import { connect, type Socket } from 'node:net'

export type Load = { seconds: number; latenciesMs: number[]; statuses: Map<number, number> }

const HEAD_END = Buffer.from('\r\n\r\n')

/** One keep-alive connection that sends whole requests and waits for each answer; cheaper than any HTTP client. */
class Connection {
  private pending: Buffer = Buffer.alloc(0)
  private answered: ((status: number) => void) | undefined
  private failed: ((error: Error) => void) | undefined

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true)
    socket.on('data', (chunk: Buffer) => this.take(chunk))
    socket.on('error', (error) => this.failed?.(error))
    socket.on('close', () => this.failed?.(new Error('the server closed the connection')))
  }

  static async open(port: number): Promise<Connection> {
    const socket = connect(port, '127.0.0.1')
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject))
    return new Connection(socket)
  }

  send(request: Buffer): Promise<number> {
    return new Promise((resolve, reject) => {
      this.answered = resolve
      this.failed = reject
      this.socket.write(request)
    })
  }

  close(): void {
    this.failed = undefined
    this.socket.destroy()
  }

  private take(chunk: Buffer): void {
    this.pending = this.pending.length === 0 ? chunk : Buffer.concat([this.pending, chunk])
    const headEnd = this.pending.indexOf(HEAD_END)
    if (headEnd < 0) return
    const head = this.pending.toString('latin1', 0, headEnd)
    const length = /content-length: (\d+)/i.exec(head)?.[1]
    if (length === undefined) throw new Error(`an answer without content-length:\n${head}`)
    const end = headEnd + HEAD_END.length + Number(length)
    if (this.pending.length < end) return
    this.pending = this.pending.subarray(end)
    this.answered?.(Number(head.slice(9, 12)))
  }
}

/** A whole HTTP/1.1 request that posts JSON. */
export function postRequest(path: string, token: string, json: string): Buffer {
  const body = Buffer.from(json)
  const head = [
    `POST ${path} HTTP/1.1`,
    'host: localhost',
    `authorization: Bearer ${token}`,
    'content-type: application/json',
    `content-length: ${body.length}`,
  ]
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body])
}

/** Sends all requests over so many connections, each waiting for its answer before the next. */
export async function sendAll(port: number, requests: Buffer[], connections: number): Promise<Load> {
  const open = await Promise.all(Array.from({ length: connections }, () => Connection.open(port)))
  const latenciesMs: number[] = []
  const statuses = new Map<number, number>()
  let next = 0
  const start = performance.now()
  await Promise.all(
    open.map(async (connection) => {
      for (let request = requests[next++]; request; request = requests[next++]) {
        const sentAt = performance.now()
        const status = await connection.send(request)
        latenciesMs.push(performance.now() - sentAt)
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
      }
    }),
  )
  const seconds = (performance.now() - start) / 1000
  for (const connection of open) connection.close()
  return { seconds, latenciesMs, statuses }
}
