import Link from 'next/link'
import { Table, TableFrame, Td, Th, Tr } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import type { LineView } from '@/lib/collection/lines/line-view'
import { STEP_TEXTS } from './step-texts'

/** More are counted. */
const MAX_NAMED_STEPS = 5

type Props = { lines: readonly LineView[]; path: string }

export function LineTable({ lines, path }: Props) {
  return (
    <TableFrame label="Lines">
      <Table>
        <thead>
          <tr>
            <Th>Name</Th>
            <Th className="max-md:hidden">Steps</Th>
            <Th>Used by</Th>
            <Th className="text-right">Version</Th>
            <Th className="max-lg:hidden">Changed</Th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ id, name, note, steps, silos, usedBy, version, updatedAt }) => (
            <Tr key={id}>
              <Td className="w-full min-w-40">
                <Link href={`${path}/${id}`} className="wrap-anywhere rounded-sm font-medium hover:underline">
                  {name}
                </Link>
                {note && <p className="line-clamp-1 text-quiet text-xs">{note}</p>}
              </Td>
              <Td className="whitespace-nowrap text-quiet max-md:hidden">{stepWords(steps)}</Td>
              <Td className="min-w-32">
                {silos.length + usedBy.length === 0 ? (
                  <span className="text-faint">nothing</span>
                ) : (
                  [...silos, ...usedBy.map((line) => line.name)].join(', ')
                )}
              </Td>
              <Td className="numeric text-right">
                <Link href={`${path}/${id}/versions`} className="rounded-sm underline underline-offset-3">
                  {version}
                </Link>
              </Td>
              <Td className="max-lg:hidden">
                <Time value={updatedAt.toISOString()} />
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  )
}

function stepWords(steps: LineView['steps']): string {
  if (steps.length === 0) return 'none'
  const named = steps.slice(0, MAX_NAMED_STEPS).map((kind) => STEP_TEXTS[kind].label)
  const more = steps.length - named.length
  return [...named, ...(more > 0 ? [`${more} more`] : [])].join(' → ')
}
