import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { DetailsList } from '@/components/ui/details-list'
import { Time } from '@/components/ui/time'
import type { PlanView } from '@/lib/collection/plans/plan-view'
import { scheduleInWords } from './schedule-words'

type Props = {
  plan: PlanView
  timeZone: string
  /** Of the section. */
  path: string
}

/** What a plan collects, and when. */
export function PlanDetails({ plan: { silos, schedule, enabled, nextAt }, timeZone, path }: Props) {
  return (
    <DetailsList
      rows={[
        [
          'Silos',
          <ol key="silos" className="flex flex-col gap-0.5">
            {silos.map((name, index) => (
              <li key={name}>
                <span aria-hidden className="numeric mr-2 text-faint text-xs">
                  {index + 1}
                </span>
                <Link href={`${path}/silos/${name}`} className="rounded-sm underline underline-offset-3">
                  {name}
                </Link>
              </li>
            ))}
          </ol>,
        ],
        [
          'Schedule',
          schedule ? (
            <span key="schedule">
              {scheduleInWords(schedule)} <span className="text-quiet text-xs">({timeZone})</span>{' '}
              {!enabled && <Badge>off</Badge>}
            </span>
          ) : (
            'only when somebody says so'
          ),
        ],
        ['Next', nextAt && <Time value={nextAt.toISOString()} />],
      ]}
    />
  )
}
