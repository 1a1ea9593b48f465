import Link from 'next/link'
import type { RunVersions as Versions } from '@/lib/collection/runs/run-view'

type Props = {
  /** Of the section. */
  path: string
  versions: Versions
}

/** The lines and tables that a run used, each as it was then. */
export function RunVersions({ path, versions: { lines, tables } }: Props) {
  const used = [
    ...lines.map((line) => ({ ...line, href: `${path}/lines/${line.id}` })),
    ...tables.map((table) => ({ ...table, href: `${path}/tables/${table.id}` })),
  ]
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1">
      {used.map(({ id, name, version, href }) => (
        <li key={`${id} ${version}`}>
          <Link href={href} className="wrap-anywhere rounded-sm underline underline-offset-3">
            {name}
          </Link>{' '}
          <span className="numeric whitespace-nowrap text-quiet text-xs">version {version}</span>
        </li>
      ))}
    </ul>
  )
}
