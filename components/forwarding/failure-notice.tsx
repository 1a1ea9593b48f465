import type { ReactNode } from 'react'
import { Notice } from '@/components/ui/notice'
import { Time } from '@/components/ui/time'
import { visibleText } from '@/components/ui/visible-text'
import type { DestinationRole } from '@/lib/delivery/destinations/roles'
import type { DestinationView } from '@/lib/forwarding/destination-view'
import { conditionOf, isInTrouble } from './destination-summary'
import { ROLE_TEXTS } from './role-texts'

type Props = {
  destination: DestinationView
  /** What can be done about it, each in its place. */
  retry: ReactNode
  resume: ReactNode
  ofRole?: DestinationRole
}

/** Why nothing gets through at present, in the words of the last failure, and what to do. */
export function FailureNotice({ destination, retry, resume, ofRole = 'forwarding' }: Props) {
  const texts = ROLE_TEXTS[ofRole]
  const { state, reason, stats } = destination
  const words = visibleText(reason ?? stats.failMessage ?? '')
  if (state === 'disabled')
    return (
      <Notice kind="error" title={texts.disabled} className="mb-4">
        <Said act={resume}>{words} Events wait; when it is mended, resume it.</Said>
      </Notice>
    )
  if (state === 'paused')
    return (
      <Notice title={texts.paused} className="mb-4">
        <Said act={resume}>Events wait, and none is lost.</Said>
      </Notice>
    )
  if (!isInTrouble(conditionOf(destination))) return null
  return (
    <Notice kind="warning" title="Nothing gets through at present" className="mb-4">
      <Said act={retry}>
        {visibleText(stats.failMessage ?? '')} {texts.sentOnceWell}
        {stats.retryAt && (
          <>
            {' '}
            Next try <Time value={stats.retryAt.toISOString()} />.
          </>
        )}
      </Said>
    </Notice>
  )
}

/** The words, and beside them, or below on a phone, what can be done. */
function Said({ act, children }: { act: ReactNode; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
      <p className="wrap-anywhere min-w-0 flex-1 basis-72">{children}</p>
      {act}
    </div>
  )
}
