import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { childEnvironment } from '@/env'
import { rootDir } from './build'

export type CommandResult = { code: number; output: string }

/** Runs an installed tool in the root; `show` passes its output on, otherwise it is returned. */
export function runTool(script: string, args: string[], { show }: { show: boolean }): Promise<CommandResult> {
  const file = join(rootDir, 'node_modules', script)
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file, ...args], {
      cwd: rootDir,
      stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      // Outdated browser data is no finding of ours.
      env: childEnvironment({ BASELINE_BROWSER_MAPPING_IGNORE_OLD_DATA: '1' }),
    })
    let output = ''
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}
