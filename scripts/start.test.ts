import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { childEnvironment } from '@/env'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))

test.each(['SPOOR_TRUSTED_PROXIES', 'SPOOR_ALLOW_NETWORKS'])(
  'a typing error in %s ends the start before it makes anything',
  async (setting) => {
    const dataDir = join(tmpdir(), `never-made-${randomUUID()}`)
    const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/start.ts'], {
      cwd: ROOT,
      env: childEnvironment({ SPOOR_DATA_DIR: dataDir, [setting]: '10.0.0.0/33' }),
    })
    const [err] = await Promise.all([text(child.stderr), once(child, 'close')])
    expect(child.exitCode).toBe(1)
    expect(err.trim()).toBe(`${setting}: "10.0.0.0/33" is neither an address nor a CIDR such as 10.1.0.0/16.`)
    expect(existsSync(dataDir)).toBe(false)
  },
  // A loaded machine takes seconds to load the program.
  30_000,
)
