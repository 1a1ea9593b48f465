import type { Verdict } from './verdict'
import { type FileCheck, verifyFile } from './verify-file'

/** What the worker says while it checks, and in the end. */
export type WorkerMessage = { share: number } | { verdict: Verdict }

/** More often, and telling would take longer than checking. */
const TELL_EVERY_MS = 100

const say = (message: WorkerMessage) => self.postMessage(message)

// Beside the page, because a file of a million events takes a minute of the processor.
self.onmessage = async ({ data }: MessageEvent<FileCheck>) => {
  let toldAt = 0
  const verdict = await verifyFile(data, (share) => {
    if (Date.now() - toldAt < TELL_EVERY_MS) return
    toldAt = Date.now()
    say({ share })
  })
  say({ verdict })
}
