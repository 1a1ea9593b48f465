import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { Table, TableFrame, Td, Th, Tr } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import type { PlanView } from '@/lib/collection/plans/plan-view'
import { ExecutionBadge } from './execution-badge'
import { scheduleInWords } from './schedule-words'

type Props = {
  /** Of the section. */
  path: string
  plans: readonly PlanView[]
}

export function PlanTable({ path, plans }: Props) {
  return (
    <TableFrame label="Plans">
      <Table>
        <thead>
          <tr>
            <Th>Plan</Th>
            <Th>Silos</Th>
            <Th>Schedule</Th>
            <Th className="max-md:hidden">Next</Th>
            <Th className="max-md:hidden">Last</Th>
          </tr>
        </thead>
        <tbody>
          {plans.map((plan) => (
            <Tr key={plan.id}>
              <Td className="min-w-36">
                <Link
                  href={`${path}/plans/${plan.id}`}
                  className="wrap-anywhere rounded-sm font-medium underline-offset-3 hover:underline"
                >
                  {plan.name}
                </Link>
                {plan.note && <p className="line-clamp-1 text-quiet text-xs">{plan.note}</p>}
              </Td>
              <Td className="wrap-anywhere min-w-32 max-w-72">{plan.silos.join(' → ')}</Td>
              <Td className="min-w-24">
                {plan.schedule ? scheduleInWords(plan.schedule) : <span className="text-quiet">by hand</span>}{' '}
                {!plan.enabled && <Badge>off</Badge>}
              </Td>
              <Td className="max-md:hidden">{plan.nextAt && <Time value={plan.nextAt.toISOString()} />}</Td>
              <Td className="max-md:hidden">
                {plan.lastExecution && (
                  <span className="flex flex-wrap items-baseline gap-x-2">
                    <Time value={plan.lastExecution.startedAt.toISOString()} />
                    <ExecutionBadge state={plan.lastExecution.state} />
                  </span>
                )}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  )
}
