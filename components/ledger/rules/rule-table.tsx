import Link from 'next/link'
import { Table, TableFrame, Td, Th, Tr } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import { ENTITY_LABELS } from '@/lib/ledger/entity-types'
import type { RuleView } from '@/lib/ledger/rules/rule-view'

type Props = { rules: readonly RuleView[]; slug: string }

export function RuleTable({ rules, slug }: Props) {
  const path = `/${slug}/ledger/rules`
  return (
    <TableFrame label="Matching rules">
      <Table>
        <thead>
          <tr>
            <Th>Name</Th>
            <Th>Finds</Th>
            <Th>Used by</Th>
            <Th className="text-right">Version</Th>
            <Th className="max-lg:hidden">Changed</Th>
          </tr>
        </thead>
        <tbody>
          {rules.map(({ id, name, note, entityType, policies, version, updatedAt, savedBy }) => (
            <Tr key={id}>
              <Td className="w-full min-w-40">
                <Link href={`${path}/${id}`} className="wrap-anywhere rounded-sm font-medium hover:underline">
                  {name}
                </Link>
                {note && <p className="line-clamp-1 text-quiet text-xs">{note}</p>}
              </Td>
              <Td className="whitespace-nowrap">{ENTITY_LABELS[entityType].many}</Td>
              <Td className="min-w-32">
                {policies.length === 0 ? (
                  <span className="text-faint">nothing</span>
                ) : (
                  policies.map((policy, at) => (
                    <span key={policy.id}>
                      {at > 0 && ', '}
                      <Link
                        href={`/${slug}/ledger/policies/${policy.id}`}
                        className="rounded-sm underline underline-offset-3"
                      >
                        {policy.name}
                      </Link>
                    </span>
                  ))
                )}
              </Td>
              <Td className="numeric text-right">
                <Link href={`${path}/${id}/versions`} className="rounded-sm underline underline-offset-3">
                  {version}
                </Link>
              </Td>
              <Td className="whitespace-nowrap max-lg:hidden">
                <Time value={updatedAt.toISOString()} />
                <span className="block text-quiet text-xs">by {savedBy}</span>
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  )
}
