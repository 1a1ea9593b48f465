import Link from 'next/link'
import { Table, TableFrame, Td, Th, Tr } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import { visibleText } from '@/components/ui/visible-text'
import type { ShownView } from '@/lib/channels/list-shown'

type Props = { shown: readonly ShownView[]; bellPath: string }

/** Whom each notification popped up for, and in which browser; whoever is not named finds it in the bell. */
export function ShownTable({ shown, bellPath }: Props) {
  return (
    <TableFrame label="Shown to">
      <Table>
        <thead>
          <tr>
            <Th>Number</Th>
            <Th>Rung at</Th>
            <Th className="text-right max-sm:hidden">Events</Th>
            <Th>Popped up for</Th>
          </tr>
        </thead>
        <tbody>
          {shown.map((one) => (
            <Tr key={one.number}>
              <Td className="whitespace-nowrap">
                <Link
                  href={`${bellPath}?before=${one.number + 1}`}
                  prefetch={false}
                  className="numeric rounded-sm underline-offset-3 hover:underline"
                >
                  {one.number.toLocaleString('en')}
                </Link>
              </Td>
              <Td>
                <Time value={one.at.toISOString()} />
              </Td>
              <Td className="numeric text-right max-sm:hidden">{one.events.toLocaleString('en')}</Td>
              <Td className="w-full min-w-56">
                <People of={one} />
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  )
}

function People({ of: { people, receipts } }: { of: ShownView }) {
  if (people === 0) return <span className="text-quiet">nobody: it is in the bell only</span>
  const more = people - receipts.length
  return (
    <ul>
      {receipts.map(({ name, login, browser, shownAt }) => (
        <li key={`${login} ${shownAt}`} className="flex flex-wrap items-baseline gap-x-2">
          <span className="wrap-anywhere" title={login}>
            {visibleText(name)}
          </span>
          <span className="text-quiet text-xs">{visibleText(browser)}</span>
          <Time value={shownAt} />
        </li>
      ))}
      {more > 0 && <li className="text-quiet text-xs">and {more.toLocaleString('en')} more</li>}
    </ul>
  )
}
