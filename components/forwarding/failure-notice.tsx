import { Notice } from '@/components/ui/notice'
import type { DestinationView } from '@/lib/forwarding/destination-view'

/** Why nothing gets through at present, in the words of the last failure. */
export function FailureNotice({ destination: { state, reason, stats } }: { destination: DestinationView }) {
  if (state === 'disabled')
    return (
      <Notice kind="error" title="Spoor switched this destination off" className="mb-4">
        {reason ?? stats.failMessage} Events wait; when it is mended, switch it on again.
      </Notice>
    )
  if (state === 'active' && stats.consecutiveFailures > 0)
    return (
      <Notice kind="warning" title="Nothing gets through at present" className="mb-4">
        {stats.failMessage} Events wait and are sent in order once it works.
      </Notice>
    )
  return null
}
