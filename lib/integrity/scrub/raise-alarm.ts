import { becomeTenant, type Transaction } from '@/db/client'
import { ANCHOR_TENANT_ID, INSTANCE_TENANT } from '@/lib/access/instance-tenant'
import { SYSTEM_PRINCIPALS } from '@/lib/access/scope-for-system'
import { scopeToRecord } from '@/lib/access/scope-to-record'
import { recordEvent } from '@/lib/audit/record-event'
import type { OwnCodeName } from '@/lib/catalog/own-codes'
import { warnManagers } from '@/lib/warnings/warn-managers'
import { type KnownFailure, placeWords } from './scrub-failure'
import { SCRUB_REASONS } from './scrub-reason'
import type { SignedLog } from './signed-log'

/** Named one by one in an event; of the rest it says how many. */
const MAX_NAMED = 20

/**
 * Whose trail is told: the tenant's own, unless that has no room for an event of its own (its counter is behind what
 * was sealed, and the event would take a sealed one's place) or it is the anchor log, which has no events.
 */
function trailToTell(tenantId: string, log: SignedLog | undefined): string {
  const isOwn = tenantId !== ANCHOR_TENANT_ID && log !== undefined && log.nextSeq >= log.size
  return isOwn ? tenantId : INSTANCE_TENANT.id
}

type AlarmCode = Extract<OwnCodeName, 'TRAIL_TAMPERED' | 'TRAIL_TAMPERING_CLEARED'>

const WARNINGS: Record<AlarmCode, { message: string; advice: string }> = {
  TRAIL_TAMPERED: {
    message: 'The trail is not what was sealed',
    advice: 'Change nothing: the integrity page names every place, and a backup shows what stood there.',
  },
  TRAIL_TAMPERING_CLEARED: {
    message: 'Places of the trail are again what was sealed',
    advice: 'Ask who changed them, and who put them back.',
  },
}

async function tell(
  tx: Transaction,
  code: AlarmCode,
  tenantId: string,
  log: SignedLog | undefined,
  failures: readonly KnownFailure[],
): Promise<void> {
  const told = trailToTell(tenantId, log)
  await becomeTenant(tx, told)
  const scope = scopeToRecord(
    { id: told, slug: INSTANCE_TENANT.slug, name: INSTANCE_TENANT.name },
    SYSTEM_PRINCIPALS.SCHEDULER,
    {},
    'SCHEDULER',
  )
  const [first] = failures
  const words = first && alarmWords(first, failures.length - 1)
  await recordEvent(tx, scope, code, {
    ...(words && { message: words }),
    data: {
      ...(told !== tenantId && { tenantId }),
      count: failures.length,
      failures: failures.slice(0, MAX_NAMED).map(({ reason, place, detail }) => ({ reason, place, detail })),
    },
  })
  if (first) await warn(tx, code, tenantId, `${first.foundAt} ${placeWords(first.place)}`, words ?? '')
}

/** Bells and letters are no trail: the tenant gets them also where its trail can take no event. */
async function warn(
  tx: Transaction,
  code: AlarmCode,
  tenantId: string,
  what: string,
  words: string,
): Promise<void> {
  const warned = tenantId === ANCHOR_TENANT_ID ? INSTANCE_TENANT.id : tenantId
  const { message, advice } = WARNINGS[code]
  await becomeTenant(tx, warned)
  await warnManagers(tx, warned, {
    key: `${code} ${what}`,
    message,
    details: [words, advice],
    link: { label: 'Open the integrity page', path: 'integrity' },
  })
}

function alarmWords({ place, reason }: KnownFailure, others: number): string {
  const words = `${placeWords(place)}: ${SCRUB_REASONS[reason]}`
  return others === 0 ? words : `${words} And ${others} more ${others === 1 ? 'place' : 'places'}.`
}

/** Puts what was found into the trail, as the last act of the transaction that writes it down. */
export const raiseAlarm = (
  tx: Transaction,
  tenantId: string,
  log: SignedLog | undefined,
  failures: readonly KnownFailure[],
) => tell(tx, 'TRAIL_TAMPERED', tenantId, log, failures)

/** The same of what was wrong and is right again. */
export const tellCleared = (
  tx: Transaction,
  tenantId: string,
  log: SignedLog | undefined,
  failures: readonly KnownFailure[],
) => tell(tx, 'TRAIL_TAMPERING_CLEARED', tenantId, log, failures)
