import Link from 'next/link'
import { Notice } from '@/components/ui/notice'
import { Time } from '@/components/ui/time'
import type { ScrubFailure } from '@/lib/integrity/scrub/scrub-failure'
import { SCRUB_REASONS } from '@/lib/integrity/scrub/scrub-reason'
import { describePlace } from './scrub-place'

type Props = {
  slug: string
  refused: string | null
  failures: readonly ScrubFailure[]
  /** All that there are: the list has only the oldest. */
  failureCount: number
}

/** More are in the trail, one alarm each. */
const SHOWN = 10

/** What nobody may overlook: the sealer that signs no more, and whatever differs from what was sealed. */
export function IntegrityAlarms({ slug, refused, failures, failureCount }: Props) {
  return (
    <div className="flex flex-col gap-3 [&:not(:empty)]:mb-5">
      {refused && (
        <Notice kind="error" title="The sealer signs no more">
          <p className="wrap-anywhere">{refused}</p>
          <p className="mt-1">
            Events are accepted and kept, but not sealed. If the data that was signed can’t be brought back,{' '}
            <Link href={`/${slug}/settings/integrity`} className="font-medium underline underline-offset-3">
              open a new epoch
            </Link>
            : the log goes on under a new name, and says which one it follows.
          </p>
        </Notice>
      )}
      {failureCount > 0 && (
        <Notice
          kind="error"
          title={
            failureCount === 1
              ? 'The scrubber found one place that is not as it was sealed'
              : `The scrubber found ${failureCount.toLocaleString('en')} places that are not as they were sealed`
          }
        >
          <ul className="mt-1 flex flex-col gap-1.5">
            {failures.slice(0, SHOWN).map((failure) => (
              <Failure key={JSON.stringify([failure.place, failure.reason])} slug={slug} failure={failure} />
            ))}
          </ul>
          {failureCount > SHOWN && (
            <p className="mt-1 text-quiet">
              And {(failureCount - SHOWN).toLocaleString('en')} more.{' '}
              <Link
                href={`/${slug}/trail?code=TRAIL_TAMPERED`}
                className="font-medium underline underline-offset-3"
              >
                All alarms stand in the trail
              </Link>
              .
            </p>
          )}
        </Notice>
      )}
    </div>
  )
}

function Failure({
  slug,
  failure: { place, reason, detail, foundAt },
}: {
  slug: string
  failure: ScrubFailure
}) {
  const name = describePlace(place)
  return (
    <li className="wrap-anywhere">
      {place.kind === 'event' ? (
        <Link href={`/${slug}/trail/${place.seq}`} className="font-medium underline underline-offset-3">
          {name}
        </Link>
      ) : (
        <span className="font-medium">{name}</span>
      )}
      : {SCRUB_REASONS[reason]}
      <span className="block text-quiet text-xs">
        {detail} Found <Time value={foundAt} />.
      </span>
    </li>
  )
}
