import { Badge } from '@/components/ui/badge'
import { DetailsList } from '@/components/ui/details-list'
import { Panel } from '@/components/ui/panel'
import { ProgressBar } from '@/components/ui/progress-bar'
import { Time } from '@/components/ui/time'
import type { ScrubStatus } from '@/lib/integrity/scrub/scrub-status'

const WORDS = {
  waiting: <Badge key="state">not begun</Badge>,
  clean: (
    <Badge key="state" tone="accent">
      all right so far
    </Badge>
  ),
  failing: (
    <Badge key="state" tone="danger">
      something is wrong
    </Badge>
  ),
}

/** How far the stored events were derived anew and compared with the tree. */
export function ScrubPanel({ status }: { status: ScrubStatus }) {
  const { state, verifiedSeq, sealedSize, pass, lastPass, eventsPerSecond } = status
  const count = (value: number) => value.toLocaleString('en')
  const share = sealedSize > 0 ? Math.min(1, verifiedSeq / sealedSize) : 0
  return (
    <Panel
      title="Scrubber"
      description="Without end, every stored event is hashed again and compared with the tree, so that a change behind our back is found before you look for it."
    >
      <div className="mb-2 flex items-center gap-3 text-sm">
        <ProgressBar label="Verified so far" share={share} />
        <span className="numeric text-quiet text-xs">
          {count(Math.min(verifiedSeq, sealedSize))} of {count(sealedSize)}
        </span>
      </div>
      <DetailsList
        rows={[
          ['State', WORDS[state]],
          ['Verified', verifiedSeq > 0 && `up to seq ${count(verifiedSeq - 1)}`],
          [
            'Under way',
            pass && (
              <span key="pass">
                at seq {count(pass.nextSeq)}, since <Time value={pass.startedAt} />
              </span>
            ),
          ],
          [
            'Last whole pass',
            lastPass ? (
              <span key="last">
                <Time value={lastPass.finishedAt} />, {count(lastPass.events)} events
              </span>
            ) : (
              'none yet'
            ),
          ],
          ['Speed', eventsPerSecond !== undefined && `${count(Math.round(eventsPerSecond))} events a second`],
        ]}
      />
    </Panel>
  )
}
