import { randomUUID } from 'node:crypto'
import { closeSync, fsyncSync, openSync, renameSync, unlinkSync, writeSync } from 'node:fs'

/** Writes a small private file (0600) whole or not at all, also when the power fails in between. */
export function replaceFile(file: string, text: string): void {
  const draft = `${file}.${randomUUID()}`
  const handle = openSync(draft, 'wx', 0o600)
  try {
    const bytes = Buffer.from(text)
    for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at)
    fsyncSync(handle)
  } catch (error) {
    // A draft that did not fit must not fill the disk again and again.
    unlinkSync(draft)
    throw error
  } finally {
    closeSync(handle)
  }
  renameSync(draft, file)
}
