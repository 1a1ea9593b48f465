'use client'

import Link from 'next/link'
import { useAnswer } from '@/components/forwarding/use-answer'
import { Time } from '@/components/ui/time'
import { visibleText } from '@/components/ui/visible-text'
import type { RuleEstimate as Estimate } from '@/lib/channels/estimate-rule'
import type { FormAction } from '@/lib/errors/form-state'
import { ruleEstimateWords } from './rule-estimate-words'

type Props = { form: FormData; estimate: FormAction<Estimate>; trailPath: string }

/** How often a threshold would have been passed lately: too often is noise, never may be too seldom. */
export function RuleEstimate({ form, estimate, trailPath }: Props) {
  const { answer, isOutdated } = useAnswer(estimate, form)
  return (
    <div
      role="status"
      aria-busy={isOutdated || undefined}
      className="rounded-md bg-sunken px-3 py-2 text-quiet text-sm"
    >
      {!answer || answer.ok === null ? (
        'Trying it on the last 7 days …'
      ) : answer.ok ? (
        <>
          {ruleEstimateWords(answer.result)}
          <Latest estimate={answer.result} trailPath={trailPath} />
        </>
      ) : (
        'It is tried on the last 7 days as soon as the fields above are right.'
      )}
    </div>
  )
}

function Latest({ estimate: { latest }, trailPath }: { estimate: Estimate; trailPath: string }) {
  if (latest.length === 0) return null
  return (
    <ul aria-label="When it would have fired last" className="mt-1 flex flex-wrap gap-x-4 text-xs">
      {latest.map(({ at, seq, group }) => (
        <li key={seq}>
          <Link
            href={`${trailPath}/${seq}`}
            className="rounded-sm underline-offset-3 hover:underline"
            prefetch={false}
            target="_blank"
          >
            <Time value={at} /> {group !== null && <bdi>{visibleText(group)}</bdi>}
          </Link>
        </li>
      ))}
    </ul>
  )
}
