import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What is used of esbuild, which comes with tsx: nothing more has to be installed for it. */
type Esbuild = {
  build: (options: {
    absWorkingDir: string
    entryPoints: string[]
    outfile: string
    bundle: boolean
    platform: 'node'
    format: 'esm'
    target: string
    banner: { js: string }
    logLevel: 'silent'
  }) => Promise<unknown>
}

/** The oldest Node that Spoor runs on. */
const TARGET = 'node20.9'
const scriptsDir = dirname(fileURLToPath(import.meta.url))

/**
 * Writes `spoor-verify` as one file without dependencies, for people who have Node and nothing of ours. The same
 * sources make the same bytes, wherever they stand.
 */
export async function buildVerifier(outfile: string): Promise<void> {
  const ofTsx = createRequire(createRequire(import.meta.url).resolve('tsx/package.json'))
  const { build } = ofTsx('esbuild') as Esbuild
  await build({
    // What esbuild notes of where code comes from counts from here.
    absWorkingDir: dirname(scriptsDir),
    entryPoints: [join(scriptsDir, 'verify.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: TARGET,
    banner: { js: '#!/usr/bin/env node' },
    logLevel: 'silent',
  })
}
