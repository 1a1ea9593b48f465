import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { replaceFile } from './replace-file'

const HOST = '127.0.0.1'

/** The port of the last start, so that tools and open connections find the server again; another if it's taken. */
export async function choosePort(file: string): Promise<number> {
  const kept = readPort(file)
  if (kept && (await listen(kept))) return kept
  const port = await listen(0)
  if (!port) throw new Error(`No free port on ${HOST} for the embedded PostgreSQL.`)
  replaceFile(file, `${port}\n`)
  return port
}

function readPort(file: string): number | undefined {
  try {
    const port = Number(readFileSync(file, 'utf8'))
    return Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined
  } catch {
    return undefined
  }
}

/** Listens for a moment: the port that was free, or undefined when somebody else has it. */
function listen(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(undefined))
    probe.listen(port, HOST, () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' ? address?.port : undefined))
    })
  })
}
