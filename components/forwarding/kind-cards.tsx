import Link from 'next/link'
import type { KindDescription } from '@/lib/forwarding/describe-kinds'

type Props = { kinds: readonly KindDescription[]; path: string }

/** The kinds of receivers, each with what it is for and what is promised of it. */
export function KindCards({ kinds, path }: Props) {
  return (
    <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
      {kinds.map(({ name, label, summary, promise }) => (
        <li
          key={name}
          className="relative flex flex-col rounded-lg border border-rim bg-surface p-4 hover:border-accent hover:bg-hover"
        >
          <h2 className="font-semibold text-base">
            <Link
              href={`${path}?kind=${name}`}
              className="rounded-sm after:absolute after:inset-0 after:rounded-lg"
            >
              {label}
            </Link>
          </h2>
          <p className="mt-1 text-pretty text-sm">{summary}</p>
          <p className="mt-2 text-pretty text-quiet text-xs">{promise}</p>
        </li>
      ))}
    </ul>
  )
}
