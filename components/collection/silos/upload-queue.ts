/** One file on its way into a silo. `share` is of its bytes, from 0 to 1. */
export type Upload = {
  key: number
  name: string
  bytes: number
  state: 'waiting' | 'sending' | 'received' | 'duplicate' | 'refused' | 'stopped'
  share: number
  /** Why it was refused, or which file was there already. */
  message?: string
}

export type UploadStep =
  | { kind: 'added'; files: readonly { name: string; size: number }[] }
  | { kind: 'begun'; key: number }
  | { kind: 'sent'; key: number; share: number }
  | { kind: 'ended'; key: number; state: Exclude<Upload['state'], 'waiting' | 'sending'>; message?: string }
  | { kind: 'cleared' }

/** Files get the keys that follow the highest one; what is on its way is never cleared. */
export function stepUploads(uploads: readonly Upload[], step: UploadStep): readonly Upload[] {
  if (step.kind === 'added') {
    const first = nextKey(uploads)
    const added = step.files.map(
      ({ name, size }, index): Upload => ({
        key: first + index,
        name,
        bytes: size,
        state: 'waiting',
        share: 0,
      }),
    )
    return [...uploads, ...added]
  }
  if (step.kind === 'cleared') return uploads.filter(isOpen)
  return uploads.map((upload) => (upload.key === step.key && isOpen(upload) ? changed(upload, step) : upload))
}

export const nextKey = (uploads: readonly Upload[]): number =>
  Math.max(0, ...uploads.map(({ key }) => key)) + 1

export const isOpen = ({ state }: Upload): boolean => state === 'waiting' || state === 'sending'

function changed(upload: Upload, step: UploadStep): Upload {
  if (step.kind === 'begun') return { ...upload, state: 'sending' }
  if (step.kind === 'sent') return { ...upload, share: step.share }
  if (step.kind === 'ended') return { ...upload, state: step.state, share: 1, message: step.message }
  return upload
}

/** What is said once nothing is on its way any more: `3 files received, 1 was there already, 1 refused`. */
export function uploadsInWords(uploads: readonly Upload[]): string {
  const count = (state: Upload['state']) => uploads.filter((upload) => upload.state === state).length
  const [received, duplicate, refused, stopped] = [
    count('received'),
    count('duplicate'),
    count('refused'),
    count('stopped'),
  ]
  const parts = [
    received > 0 && `${received} ${received === 1 ? 'file' : 'files'} received`,
    duplicate > 0 && `${duplicate} there already`,
    refused > 0 && `${refused} refused`,
    stopped > 0 && `${stopped} stopped`,
  ]
  return parts.filter(Boolean).join(', ')
}
