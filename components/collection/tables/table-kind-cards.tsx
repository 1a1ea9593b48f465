import Link from 'next/link'
import { TABLE_KINDS } from '@/lib/collection/tables/table'
import { KIND_TEXTS } from './kind-texts'

export function TableKindCards({ path }: { path: string }) {
  return (
    <ul className="grid max-w-4xl gap-3 sm:grid-cols-2 lg:grid-cols-3">
      {TABLE_KINDS.map((kind) => (
        <li key={kind}>
          <Link
            href={`${path}?kind=${kind}`}
            aria-label={KIND_TEXTS[kind].label}
            className="block h-full rounded-lg border border-line bg-surface p-4 hover:border-edge"
          >
            <span className="block font-semibold">{KIND_TEXTS[kind].label}</span>
            <span className="mt-1 block text-quiet text-sm">{KIND_TEXTS[kind].summary}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
