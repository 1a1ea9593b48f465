import { amount } from '@/components/collection/row-counts'
import { Badge } from '@/components/ui/badge'
import { ProgressBar } from '@/components/ui/progress-bar'
import type { FileView } from '@/lib/collection/files/file-view'

/** What is done with a file, and how far. */
export function FileState({ file }: { file: FileView }) {
  const { state, name, readBytes, bytes, forgottenAt } = file
  if (state === 'failed') return <Badge tone="danger">failed</Badge>
  if (state === 'new') return <Badge>waits</Badge>
  if (state === 'collecting')
    return (
      <span className="flex w-28 items-center gap-2">
        <ProgressBar label={`Collecting ${name}`} share={readBytes / Math.max(1, bytes)} />
        <span className="numeric text-quiet text-xs">
          {Math.floor((100 * readBytes) / Math.max(1, bytes))} %
        </span>
      </span>
    )
  return (
    <span className="flex flex-wrap gap-1">
      <Badge tone="accent">collected</Badge>
      {forgottenAt && (
        <span title="Its content is no longer kept; what became of its rows is.">
          <Badge>forgotten</Badge>
        </span>
      )}
    </span>
  )
}

/** `3 rows to mend`, or nothing. */
export function openRejectsInWords(open: number): string | null {
  return open === 0 ? null : `${amount(open, 'row')} to mend`
}
