import { and, eq, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { deliveryStreams, destinations } from '@/db/schema/delivery'
import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import { scopeForSystem } from '@/lib/access/scope-for-system'
import { recordEvent } from '@/lib/audit/record-event'
import type { OwnCodeName } from '@/lib/catalog/own-codes'
import { destinationKind } from '@/lib/delivery/destinations/registry'
import { type Backlog, readBacklog } from '@/lib/delivery/read-backlog'
import { revokeLease } from '@/lib/delivery/revoke-lease'
import { TOLD_DISABLED } from './failure-steps'
import { type News, newsOfStream, type Trouble } from './find-troubles'

/** Of what a receiver said, so much stands in the event: enough to recognise it. */
const MAX_ANSWER = 500

const CODES: Record<News, OwnCodeName> = {
  failing: 'DESTINATION_FAILING',
  disabling: 'DESTINATION_DISABLED',
  disabled: 'DESTINATION_DISABLED',
  recovered: 'DESTINATION_RECOVERED',
}

/** What was told of a destination, for people. */
export type Told = {
  destinationId: string
  news: News
  /** One sentence that begins with the destination's name. */
  message: string
  /** Why, in our words; empty where all is well again. */
  why: string
  /** The receiver's own words, shortened. */
  answer: string
  waiting: string
}

type Row = { destination: typeof destinations.$inferSelect; stream: typeof deliveryStreams.$inferSelect }

/**
 * Tells one trouble in the tenant's trail, in the transaction that also remembers that it was told, and switches
 * off what has failed for too long. Undefined where another worker was first, or the stream has changed meanwhile.
 */
export async function tellTrouble(tenantId: string, trouble: Trouble): Promise<Told | undefined> {
  const scope = await scopeForSystem(tenantId, 'SCHEDULER')
  const { destinationId, news } = trouble
  return inTenant(scope, async (tx) => {
    const row = await readRow(tx, scope, destinationId)
    if (!row) return undefined
    // Counted before the stream is locked, which its runner may be waiting for.
    const backlog = await readBacklog(tx, { tenantId, destinationId }, row.stream.nextSeq)
    const told = describe(row, trouble, backlog)
    if (!(await remember(tx, scope, trouble, told))) return undefined
    const { firstFailureAt, lastStatus } = row.stream
    await recordEvent(tx, scope, CODES[news], {
      message: told.message,
      targets: [{ type: 'destination', name: nameOf(row), id: destinationId }],
      data: {
        ...(told.why && { why: told.why }),
        ...(firstFailureAt && { failingSince: firstFailureAt.toISOString() }),
        ...(told.why && lastStatus !== null && { status: lastStatus }),
        ...(told.answer && { answer: told.answer }),
        waitingEvents: backlog.events,
        ...(backlog.isCapped && { moreWait: true }),
      },
    })
    return told
  })
}

async function readRow(tx: Transaction, { tenantId }: TenantScope, id: string): Promise<Row | undefined> {
  const [row] = await tx
    .select({ destination: destinations, stream: deliveryStreams })
    .from(deliveryStreams)
    .innerJoin(
      destinations,
      and(
        eq(destinations.tenantId, deliveryStreams.tenantId),
        eq(destinations.id, deliveryStreams.destinationId),
      ),
    )
    .where(and(eq(deliveryStreams.tenantId, tenantId), eq(deliveryStreams.destinationId, id)))
  return row
}

/** Compare-and-set: true for whoever is to tell it. A stream is judged once more, now that it is locked. */
async function remember(
  tx: Transaction,
  { tenantId }: TenantScope,
  { destinationId, news, step, warnings }: Trouble,
  { why }: Told,
): Promise<boolean> {
  const changes = {
    failing: sql`warnings = ${step}`,
    disabled: sql`warnings = ${TOLD_DISABLED}`,
    recovered: sql`warnings = 0`,
    // A runner that was frozen while it served the stream must not settle it any more.
    disabling: sql`warnings = ${TOLD_DISABLED}, state = 'disabled', reason = ${why}`,
  }
  const changed = await tx.execute(sql`
    update delivery_streams set ${changes[news]}
    where tenant_id = ${tenantId} and destination_id = ${destinationId}
      and warnings = ${warnings} and ${newsOfStream} = ${news}
    returning 1`)
  if (changed.length > 0 && news === 'disabling') await revokeLease(tx, { tenantId, destinationId })
  return changed.length > 0
}

function describe(row: Row, { destinationId, news }: Trouble, backlog: Backlog): Told {
  const { firstFailureAt, failMessage, lastAnswer, reason } = row.stream
  const since = firstFailureAt ? `${firstFailureAt.toISOString().slice(0, 16).replace('T', ' ')} UTC` : 'long'
  const name = nameOf(row)
  const words: Record<News, [message: string, why: string]> = {
    failing: [`${name} has been failing since ${since}`, failMessage ?? ''],
    disabling: [
      `${name} was switched off, because it has been failing since ${since}`,
      `Nothing got through since ${since}. ${failMessage ?? ''}`.trim(),
    ],
    disabled: [`${name} was switched off, because its receiver asked for it`, reason ?? failMessage ?? ''],
    recovered: [`${name} takes events again`, ''],
  }
  const [message, why] = words[news]
  // By characters, so that none is cut in two.
  const answer = news === 'recovered' ? '' : [...(lastAnswer ?? '')].slice(0, MAX_ANSWER).join('')
  return { destinationId, news, message, why, answer, waiting: describeBacklog(backlog) }
}

function describeBacklog({ events, isCapped }: Backlog): string {
  if (events === 0 && !isCapped) return 'No event waits for it.'
  const count = events.toLocaleString('en-US')
  return `${isCapped ? `More than ${count}` : count} ${events === 1 ? 'event waits' : 'events wait'} for it.`
}

/** A configuration that this version can't read is in trouble, too, and is told of all the same. */
function nameOf({ destination: { kind, config, id } }: Row): string {
  try {
    return destinationKind(kind).open(config).describe()
  } catch {
    return `Destination ${id}`
  }
}
