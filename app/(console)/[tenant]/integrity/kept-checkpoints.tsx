import { ChevronLeft, ChevronRight } from 'lucide-react'
import { CheckpointsTable } from '@/components/integrity/checkpoints-table'
import { LinkButton } from '@/components/ui/link-button'
import { Panel } from '@/components/ui/panel'
import type { TenantScope } from '@/lib/access/scope'
import { listCheckpoints } from '@/lib/integrity/log/list-checkpoints'

/** One a busy hour: half a day on a page. */
const PAGE = 12

type Props = { scope: TenantScope; path: string; before: string }

/** The checkpoints that are kept, the latest first; an address that names no size begins with the latest. */
export async function KeptCheckpoints({ scope, path, before }: Props) {
  const isFurther = /^\d{1,15}$/.test(before)
  const { checkpoints, next } = await listCheckpoints(scope, {
    limit: PAGE,
    ...(isFurther && { before: Number(before) }),
  })
  return (
    <Panel
      title="Kept checkpoints"
      description="One an hour in which something happened, and each that somebody else was asked to remember."
    >
      {checkpoints.length > 0 ? (
        <CheckpointsTable checkpoints={checkpoints} hasEpochs={checkpoints.some(({ epoch }) => epoch > 0)} />
      ) : (
        <p className="text-quiet text-sm">{isFurther ? 'There is none before that.' : 'None is kept yet.'}</p>
      )}
      {(isFurther || next !== null) && (
        <nav aria-label="Pages of checkpoints" className="mt-3 flex gap-2">
          {isFurther && (
            <LinkButton href={path} size="sm" scroll={false}>
              <ChevronLeft aria-hidden />
              Latest
            </LinkButton>
          )}
          {next !== null && (
            <LinkButton href={`${path}?before=${next}`} size="sm" scroll={false}>
              Earlier
              <ChevronRight aria-hidden />
            </LinkButton>
          )}
        </nav>
      )}
    </Panel>
  )
}
