import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'

export type Totals = { requests: number; bytes: number }
export type CountingReceiver = {
  url: string
  /** What arrived since the last call. */
  take(): Promise<Totals>
  stop(): void
}

/** A receiver in a process of its own that reads every body to its end, counts, and answers 200. */
export async function startCountingReceiver(): Promise<CountingReceiver> {
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(import.meta.url)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const [url] = (await once(child, 'message')) as [string]
  return {
    url,
    take: async () => {
      child.send('take')
      const [totals] = (await once(child, 'message')) as [Totals]
      return totals
    },
    stop: () => void child.kill(),
  }
}

function serve(): void {
  let totals: Totals = { requests: 0, bytes: 0 }
  const server = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => {
      totals.bytes += chunk.length
    })
    request.on('end', () => {
      totals.requests++
      response.end('ok')
    })
  })
  server.listen(0, '127.0.0.1', () => {
    process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  })
  process.on('message', () => {
    process.send?.(totals)
    totals = { requests: 0, bytes: 0 }
  })
  process.on('disconnect', () => process.exit(0))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) serve()
