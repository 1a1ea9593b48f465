import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { childEnvironment } from '@/env'

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url))

/** A script of this folder that runs in a process of its own. */
export class Process {
  readonly #name: 'worker' | 'receiver'
  readonly #args: string[]
  #child: ChildProcess | undefined
  /** The first line that it wrote; empty until it is at work. */
  said = ''

  constructor(name: 'worker' | 'receiver', ...args: string[]) {
    this.#name = name
    this.#args = args
  }

  /** Resolves when it is at work, with the settings of this process. Throws if it ends before. */
  async start(): Promise<void> {
    const script = fileURLToPath(new URL(`${this.#name}.ts`, import.meta.url))
    const child = spawn(process.execPath, ['--import', 'tsx', script, ...this.#args], {
      cwd: ROOT,
      stdio: ['pipe', 'pipe', 'inherit'],
      env: childEnvironment({}),
    })
    this.#child = child
    const ended = once(child, 'exit').then(([code, signal]) => {
      throw new Error(`the ${this.#name} ended before it was ready: ${code ?? signal}`)
    })
    ended.catch(() => {})
    const [line] = await Promise.race([once(child.stdout, 'data'), ended])
    this.said = String(line).trim()
  }

  signal(name: 'SIGSTOP' | 'SIGCONT'): void {
    this.#child?.kill(name)
  }

  /** As by `kill -9`. */
  async kill(): Promise<void> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    this.said = ''
    child.kill('SIGKILL')
    await exited
  }
}
