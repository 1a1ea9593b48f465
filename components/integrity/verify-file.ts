import { verifyBundle } from '@/lib/integrity/verify/bundle'
import type { OpenFile } from '@/lib/integrity/verify/bundle-lines'
import { verifyEventProof } from '@/lib/integrity/verify/event-proof'
import { refuse } from '@/lib/integrity/verify/refusal'
import { type Skippable, Skips } from '@/lib/integrity/verify/skips'
import { bundleFindings, proofFindings } from './findings'
import type { Verdict } from './verdict'
import { makeWebVerifier, verdictOf } from './web-verifier'

const GZIP_MAGIC = [0x1f, 0x8b]
const PROOF_START = 'c2sp.org/tlog-proof@'
/** The proof of an event of the largest size, its salts and its path take less. */
const MAX_PROOF_BYTES = 4 * 1024 * 1024

export type FileCheck = {
  file: Blob
  /** Whose keys are believed: C2SP tlog-policy. */
  policy: string
  /** Signed notes that the reader kept, which the file must continue. */
  remembered: readonly string[]
  allowSkipped: readonly Skippable[]
}

/** Verifies a bundle or a proof, told apart by how they begin. `onProgress` gets the share that was read, 0 to 1. */
export async function verifyFile(
  { file, policy, remembered, allowSkipped }: FileCheck,
  onProgress: (share: number) => void = () => {},
): Promise<Verdict> {
  try {
    const verifier = await makeWebVerifier(policy)
    const skips = new Skips(new Set(allowSkipped))
    if (file.size === 0) refuse('nothing_to_check', 'The file is empty.')
    if ((await file.slice(0, PROOF_START.length).text()) === PROOF_START) {
      if (file.size > MAX_PROOF_BYTES) refuse('malformed', 'The proof of an event is never that large.')
      const report = await verifyEventProof(await file.text(), verifier, skips)
      return { answer: 'yes', kind: 'proof', findings: proofFindings(report, skips) }
    }
    const open = await openBundle(file, onProgress)
    const report = await verifyBundle(open, verifier, skips, remembered)
    return { answer: 'yes', kind: 'bundle', findings: bundleFindings(report, skips) }
  } catch (error) {
    return verdictOf(error)
  }
}

/** The file as often as the verifier wants to read it, which is twice. */
async function openBundle(file: Blob, onProgress: (share: number) => void): Promise<OpenFile> {
  const start = new Uint8Array(await file.slice(0, GZIP_MAGIC.length).arrayBuffer())
  const isGzip = GZIP_MAGIC.every((byte, i) => start[i] === byte)
  let seen = 0
  const counted = () =>
    file.stream().pipeThrough(
      new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
        transform(chunk, controller) {
          seen += chunk.length
          onProgress(Math.min(1, seen / (2 * file.size)))
          controller.enqueue(chunk)
        },
      }),
    )
  return () => (isGzip ? unpack(counted()) : read(counted()))
}

async function* unpack(packed: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<Uint8Array> {
  try {
    yield* read(packed.pipeThrough(new DecompressionStream('gzip')))
  } catch (error) {
    // A file that can't be read any more is a DOMException; all else comes from unpacking.
    if (error instanceof DOMException) throw error
    refuse('truncated', 'The file is packed, and cut off or damaged.')
  }
}

/** Not every browser iterates over streams by itself. */
async function* read(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader()
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read()) yield step.value
  } finally {
    await reader.cancel().catch(() => {})
  }
}
