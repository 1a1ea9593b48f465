import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '@/lib/errors/app-error'
import { sha256 } from './sha256'

/** Where the build puts `spoor-verify`, from the folder that the server runs in. */
export const VERIFIER_PATH = '.next/spoor-verify.mjs'
export const VERIFIER_NAME = 'spoor-verify.mjs'

/** The verifier as one file for Node, and the SHA-256 of its bytes, hex. */
export type VerifierFile = { bytes: Uint8Array<ArrayBuffer>; sha256: string }

let read: Promise<VerifierFile> | undefined

async function readFromBuild(): Promise<VerifierFile> {
  const bytes = new Uint8Array(await readFile(join(/* turbopackIgnore: true */ process.cwd(), VERIFIER_PATH)))
  return { bytes, sha256: sha256(bytes, 'hex') }
}

/** Read once a process. Throws `not_found` where the server runs without the build's own steps. */
export async function readVerifierFile(): Promise<VerifierFile> {
  read ??= readFromBuild()
  try {
    return await read
  } catch (error) {
    read = undefined
    const message = `${VERIFIER_NAME} has not been built here: npm run build does it.`
    throw new AppError('not_found', message, { cause: error })
  }
}
