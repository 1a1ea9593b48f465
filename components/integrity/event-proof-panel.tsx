import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { Notice } from '@/components/ui/notice'
import { Panel } from '@/components/ui/panel'
import { Time } from '@/components/ui/time'
import type { FoundLog } from '@/lib/integrity/log/find-log'
import { RefreshWhenSealed } from './refresh-when-sealed'
import { VerifyEvent } from './verify-event'

type Props = {
  log: FoundLog | undefined
  event: { id: string; seq: number; erased?: true | undefined }
  slug: string
  autoStart?: boolean
}

/** Whether an event is sealed, and its proof. */
export function EventProofPanel({ log, event: { id, seq, erased }, slug, autoStart }: Props) {
  const isSealed = log !== undefined && seq < log.size
  return (
    <Panel title="Proof">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
        {isSealed ? <Badge tone="accent">sealed</Badge> : <Badge>not sealed yet</Badge>}
        {erased && <Badge tone="warning">values erased</Badge>}
        {isSealed && (
          <span className="text-quiet">
            under the checkpoint of {log.size.toLocaleString('en')} events, signed{' '}
            <Time value={log.signedAt.toISOString()} />
          </span>
        )}
      </div>
      {erased && (
        <p className="mt-2 text-quiet text-sm">
          What was erased left a digest in its place, so that the rest stays proven.{' '}
          <Link
            href={`/${slug}/trail?action=trail.redaction&data.targets=${seq}`}
            prefetch={false}
            className="underline underline-offset-3"
          >
            Who erased it, and why
          </Link>
        </p>
      )}
      {isSealed ? (
        <VerifyEvent
          proofHref={`/${slug}/integrity/proof/${id}`}
          policyHref={`/${slug}/integrity/policy`}
          autoStart={autoStart}
        />
      ) : (
        <NotSealed refused={log?.refused ?? null} slug={slug} seq={seq} />
      )}
    </Panel>
  )
}

function NotSealed({ refused, slug, seq }: { refused: string | null; slug: string; seq: number }) {
  if (refused)
    return (
      <Notice kind="error" title="The sealer signs no more" className="mt-2">
        <Link href={`/${slug}/integrity`} className="underline underline-offset-3">
          Why, and what to do
        </Link>
      </Notice>
    )
  return (
    <p className="mt-2 text-quiet text-sm" role="status">
      It is stored and counted. The next checkpoint covers it, usually within a second; this page says so
      then.
      <RefreshWhenSealed seq={seq} />
    </p>
  )
}
