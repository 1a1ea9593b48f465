import Link from 'next/link'
import { EventProofPanel } from '@/components/integrity/event-proof-panel'
import { FindEventForm } from '@/components/integrity/find-event-form'
import { SealedSizeProvider } from '@/components/integrity/sealed-size'
import { ShownEventProvider } from '@/components/trail/shown-event'
import { visibleText } from '@/components/ui/visible-text'
import type { TenantScope } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'
import { titleOf } from '@/lib/event/sentence'
import type { StoredEvent } from '@/lib/event/stored-event'
import type { FoundLog } from '@/lib/integrity/log/find-log'
import { getEvent } from '@/lib/trail/get'
import { getEventBySeq } from '@/lib/trail/get-by-seq'

type Props = { scope: TenantScope; log: FoundLog; wanted: string }

/** One event by its id or seq, verified as soon as it is there. */
export async function WantedEvent({ scope, log, wanted }: Props) {
  const found = wanted ? await find(scope, wanted, log) : undefined
  const slug = scope.tenantSlug
  if (!found || typeof found === 'string') return <FindEventForm wanted={wanted} error={found} />
  return (
    <div className="flex flex-col gap-4">
      <FindEventForm wanted={wanted} error={undefined} />
      <p className="text-sm">
        <Link href={`/${slug}/trail/${found.id}`} className="font-medium underline underline-offset-3">
          <bdi className="wrap-anywhere">{visibleText(titleOf(found))}</bdi>
        </Link>{' '}
        <span className="numeric text-quiet">seq {found.seq.toLocaleString('en')}</span>
      </p>
      <ShownEventProvider key={found.id} json={JSON.stringify(found)}>
        <SealedSizeProvider size={log.size} href={`/${slug}/integrity/head`}>
          <EventProofPanel log={log} event={found} slug={slug} autoStart />
        </SealedSizeProvider>
      </ShownEventProvider>
    </div>
  )
}

/** The event, or in words why there is none. */
async function find(scope: TenantScope, wanted: string, log: FoundLog): Promise<StoredEvent | string> {
  const plain = wanted.trim().replaceAll(/[,\u202f\u00a0 ]/g, '')
  const seq = /^\d{1,16}$/.test(plain) ? Number(plain) : undefined
  if (seq !== undefined && seq < log.firstSeq)
    return `Event ${seq} was dropped, because its time of retention has passed. Its leaf stays in the tree, and whoever kept its proof can verify it still.`
  try {
    return await (seq === undefined ? getEvent(scope, plain) : getEventBySeq(scope, seq))
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'not_found')) throw error
    if (seq !== undefined && seq < log.size)
      return `Event ${seq} was sealed, and is not in the database: somebody took it out behind our back. Whoever kept its proof can verify it still.`
    return error.message
  }
}
