import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { childEnvironment } from '@/env'

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url))
const SCRIPT = fileURLToPath(new URL('match-worker.ts', import.meta.url))

/** A process that matches, with the settings of this one. Resolves when it is at work. */
export async function startMatchWorker(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', SCRIPT], {
    cwd: ROOT,
    stdio: ['pipe', 'pipe', 'inherit'],
    env: childEnvironment({}),
  })
  const ended = once(child, 'exit').then(([code, signal]) => {
    throw new Error(`the worker ended before it was ready: ${code ?? signal}`)
  })
  ended.catch(() => {})
  await Promise.race([once(child.stdout, 'data'), ended])
  return child
}

/** As by `kill -9`. */
export async function killMatchWorker(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}
