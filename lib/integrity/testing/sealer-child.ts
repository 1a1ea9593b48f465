import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { childEnvironment } from '@/env'

const SCRIPT = fileURLToPath(new URL('./sealer-that-stops.ts', import.meta.url))

/** A sealer in a process of its own. */
export type SealerChild = {
  /** Resolves when it stands still where it should. */
  stopped: Promise<void>
  kill(): Promise<void>
  /** Lets it finish. Throws if it ended by anything else. */
  end(): Promise<void>
}

function waitForWord(child: ChildProcess, word: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    child.stdout?.on('data', (chunk) => {
      said += chunk
      if (said.includes(word)) resolve()
    })
    child.once('exit', (code) => reject(new Error(`the sealer ended with ${code} before it was ${word}`)))
  })
}

/** Starts one on a database. Resolves when it is about to seal. */
export async function startSealer(
  databaseUrl: string,
  publishedFolder: string,
  where = 'run',
): Promise<SealerChild> {
  const child = spawn(process.execPath, ['--import', 'tsx', SCRIPT, publishedFolder, where], {
    env: childEnvironment({ DATABASE_URL: databaseUrl }),
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit') as Promise<[number | null, string | null]>
  const stopped = waitForWord(child, 'stopped')
  stopped.catch(() => {})
  await waitForWord(child, 'ready')
  return {
    stopped,
    kill: async () => {
      child.kill('SIGKILL')
      await exited
    },
    end: async () => {
      child.stdin?.end()
      const [code, signal] = await exited
      if (code !== 0) throw new Error(`the sealer ended with ${code ?? signal}`)
    },
  }
}
