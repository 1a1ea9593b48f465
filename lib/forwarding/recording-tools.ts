import { Socket } from 'node:net'
import type { Tools } from '@/lib/delivery/destinations/contract'

/** What would have left. Of a request the method and URL, of a connection where to. */
export type Recorded = { request: string; headers: [name: string, value: string][]; body: Buffer }

/** A socket that is connected to nothing: keeps what is written, and says nothing. */
class RecordingSocket extends Socket {
  constructor(readonly record: Recorded) {
    super()
  }

  override _write(chunk: Buffer | string, _: BufferEncoding, done: (error?: Error | null) => void): void {
    this.record.body = Buffer.concat([this.record.body, Buffer.from(chunk as string)])
    done()
  }

  override _writev(
    chunks: { chunk: Buffer | string; encoding: BufferEncoding }[],
    done: (error?: Error | null) => void,
  ): void {
    const bodies = chunks.map(({ chunk }) => Buffer.from(chunk as string))
    this.record.body = Buffer.concat([this.record.body, ...bodies])
    done()
  }

  override _read(): void {}

  override _final(done: (error?: Error | null) => void): void {
    this.push(null)
    done()
  }
}

/**
 * The outside world as it is not: whatever a destination sends is written down and answered as taken, and nothing
 * touches the network. So a preview is made by the code that really sends.
 */
export function recordingTools(): { tools: Tools; recorded: Recorded[] } {
  const recorded: Recorded[] = []
  const tools: Tools = {
    request: async ({ method = 'POST', url, headers, body }) => {
      const bytes = Buffer.from(body ?? Buffer.alloc(0))
      recorded.push({ request: `${method} ${url}`, headers: Object.entries(headers), body: bytes })
      return { status: 200, headers: {}, bytes: Buffer.alloc(0), text: '', truncated: false, ms: 0 }
    },
    connect: async ({ host, port, tls }) => {
      const record = { request: `${tls ? 'TLS' : 'TCP'} ${host}:${port}`, headers: [], body: Buffer.alloc(0) }
      recorded.push(record)
      return new RecordingSocket(record)
    },
    ring: async (ringing) => {
      const body = Buffer.from(JSON.stringify(ringing, null, 2))
      recorded.push({ request: 'Bells of the workspace', headers: [], body })
      return { number: 0, members: 0 }
    },
    mail: async (_tenantId, { text }) => {
      recorded.push({ request: 'Letter', headers: [], body: Buffer.from(text) })
      return { verdict: 'sent', message: 'Taken.', ms: 0, dropped: [] }
    },
  }
  return { tools, recorded }
}
