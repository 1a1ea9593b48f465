import { DiffLines } from '@/components/trail/diff-lines'
import { diffText } from '@/lib/event/diff-text'

type Props = {
  from: number
  to: number
  /** Both versions in words; left out where there is nothing to compare. */
  texts: [before: string, after: string] | undefined
}

/** What changed between two versions, in their words. */
export function VersionDifference({ from, to, texts }: Props) {
  if (!texts) return null
  const title = `From version ${from} to version ${to}`
  return (
    <section aria-label={title} className="mt-6">
      <h2 className="mb-2 font-semibold text-base">{title}</h2>
      <DiffLines lines={diffText(...texts)} />
    </section>
  )
}
