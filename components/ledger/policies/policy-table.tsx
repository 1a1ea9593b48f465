import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { Table, TableFrame, Td, Th, Tr } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import type { PolicyView } from '@/lib/ledger/policies/policy-view'
import { sourcesWords } from './sources-words'

type Props = {
  policies: readonly PolicyView[]
  /** What sources are called, by their origins. */
  labels: Readonly<Record<string, string>>
  slug: string
}

export function PolicyTable({ policies, labels, slug }: Props) {
  const path = `/${slug}/ledger/policies`
  return (
    <TableFrame label="Matching policies">
      <Table>
        <thead>
          <tr>
            <Th>Name</Th>
            <Th className="text-right">Entries</Th>
            <Th>Used for</Th>
            <Th className="text-right">Version</Th>
            <Th className="max-lg:hidden">Changed</Th>
          </tr>
        </thead>
        <tbody>
          {policies.map((policy) => (
            <Tr key={policy.id}>
              <Td className="w-full min-w-40">
                <Link
                  href={`${path}/${policy.id}`}
                  className="wrap-anywhere rounded-sm font-medium hover:underline"
                >
                  {policy.name}
                </Link>{' '}
                {policy.isDefault && <Badge tone="accent">default</Badge>}
                {policy.note && <p className="line-clamp-1 text-quiet text-xs">{policy.note}</p>}
              </Td>
              <Td className="numeric text-right">{policy.entryCount}</Td>
              <Td className="wrap-anywhere min-w-40">{sourcesWords(policy, labels)}</Td>
              <Td className="numeric text-right">
                <Link
                  href={`${path}/${policy.id}/versions`}
                  className="rounded-sm underline underline-offset-3"
                >
                  {policy.version}
                </Link>
              </Td>
              <Td className="whitespace-nowrap max-lg:hidden">
                <Time value={policy.updatedAt.toISOString()} />
                <span className="block text-quiet text-xs">by {policy.savedBy}</span>
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  )
}
