import { Download } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { buttonStyle } from '@/components/ui/button-style'
import { CopyButton } from '@/components/ui/copy-button'
import { Panel } from '@/components/ui/panel'
import { Time } from '@/components/ui/time'
import type { LogKeys } from '@/lib/integrity/log/read-keys'

type Props = { keys: LogKeys; policyHref: string; now: number }

/** Whose signatures count. */
export function KeysPanel({ keys: { epochs, clocks, anchorLog }, policyHref, now }: Props) {
  return (
    <Panel
      title="Keys"
      description="Get them once, keep them, and compare: a verifier never takes keys from what it verifies."
      actions={
        <a href={policyHref} download className={buttonStyle('secondary', 'sm')}>
          <Download aria-hidden />
          policy.txt
        </a>
      }
    >
      <ul className="divide-y divide-line text-sm">
        {epochs.flatMap(({ epoch, closedAt, keys }) =>
          keys.map(({ vkey, fromSize, toSize, retiresAt }) => (
            <KeyRow
              key={vkey}
              vkey={vkey}
              kind="log"
              isInUse={closedAt === null && isInUse(retiresAt, now)}
              // With its epoch all keys ended.
              retiresAt={closedAt === null ? retiresAt : null}
              now={now}
              words={`${epochs.length > 1 ? `epoch ${epoch}, ` : ''}${sizes(fromSize, toSize)}`}
            />
          )),
        )}
        {clocks.map(({ vkey, retiresAt }) => (
          <KeyRow
            key={vkey}
            vkey={vkey}
            kind="clock"
            isInUse={isInUse(retiresAt, now)}
            retiresAt={retiresAt}
            now={now}
            words="gives each checkpoint its time"
          />
        ))}
        {anchorLog.map((vkey) => (
          <KeyRow
            key={vkey}
            vkey={vkey}
            kind="anchor log"
            isInUse
            retiresAt={null}
            now={now}
            words="signs the operator’s log of all logs’ checkpoints"
          />
        ))}
      </ul>
    </Panel>
  )
}

type RowProps = {
  vkey: string
  kind: 'log' | 'clock' | 'anchor log'
  isInUse: boolean
  retiresAt: string | null
  now: number
  words: string
}

function KeyRow({ vkey, kind, isInUse: inUse, retiresAt, now, words }: RowProps) {
  return (
    <li className="py-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Badge tone={inUse ? 'accent' : 'neutral'}>{inUse ? kind : `${kind}, retired`}</Badge>
        <span className="text-quiet text-xs">
          {words}
          {retiresAt && (
            <>
              ; {isInUse(retiresAt, now) ? 'signs beside its successor until' : 'signed until'}{' '}
              <Time value={retiresAt} />
            </>
          )}
        </span>
        <span className="ml-auto">
          <CopyButton text={vkey} label="Copy key" variant="quiet" />
        </span>
      </div>
      <code className="literal block break-all">{vkey}</code>
    </li>
  )
}

const isInUse = (retiresAt: string | null, now: number) => retiresAt === null || Date.parse(retiresAt) > now

function sizes(from: number, to: number | null): string {
  const count = (value: number) => value.toLocaleString('en')
  return to === null ? `signs from ${count(from)} events on` : `sizes ${count(from)} to ${count(to)}`
}
