import { Badge } from '@/components/ui/badge'
import { CopyButton } from '@/components/ui/copy-button'
import { Table, TableFrame, Td, Th, Tr } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import type { KeptCheckpoint } from '@/lib/integrity/log/list-checkpoints'
import { AnchorBadge } from './anchor-badge'

type Props = { checkpoints: readonly KeptCheckpoint[]; hasEpochs: boolean }

/** What the log was at times past, and who else remembers it. */
export function CheckpointsTable({ checkpoints, hasEpochs }: Props) {
  return (
    <TableFrame label="Kept checkpoints">
      <Table>
        <thead>
          <tr>
            <Th>Signed</Th>
            <Th className="text-right">Events</Th>
            <Th>Anchored</Th>
            {/** Else the hidden word would stand beside the table that scrolls, and widen the page. */}
            <Th className="relative">
              <span className="sr-only">Copy</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {checkpoints.map(({ epoch, size, signedAt, checkpoint, anchors }) => (
            <Tr key={`${epoch}-${size}`}>
              <Td>
                <Time value={signedAt} />
              </Td>
              <Td className="numeric whitespace-nowrap text-right">
                {size.toLocaleString('en')}
                {hasEpochs && (
                  <>
                    {' '}
                    <Badge>epoch {epoch}</Badge>
                  </>
                )}
              </Td>
              <Td className="w-full min-w-48">
                {anchors.length === 0 ? (
                  <span className="text-quiet text-xs">not outside yet</span>
                ) : (
                  <span className="flex flex-wrap gap-1.5">
                    {anchors.map((anchor) => (
                      <AnchorBadge key={`${anchor.kind} ${anchor.name}`} anchor={anchor} />
                    ))}
                  </span>
                )}
              </Td>
              <Td>
                <CopyButton text={checkpoint} label="Copy" variant="quiet" />
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  )
}
