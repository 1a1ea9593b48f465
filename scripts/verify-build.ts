import { createRequire } from 'node:module'
import { join } from 'node:path'
import { rootDir } from './build'

/** What is used of esbuild, which comes with tsx: nothing more has to be installed for it. */
type Esbuild = {
  build: (options: {
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

/** Writes `spoor-verify` as one file without dependencies, for people who have Node and nothing of ours. */
export async function buildVerifier(outfile: string): Promise<void> {
  const ofTsx = createRequire(createRequire(import.meta.url).resolve('tsx/package.json'))
  const { build } = ofTsx('esbuild') as Esbuild
  await build({
    entryPoints: [join(rootDir, 'scripts', 'verify.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: TARGET,
    banner: { js: '#!/usr/bin/env node' },
    logLevel: 'silent',
  })
}
