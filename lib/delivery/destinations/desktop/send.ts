import type { Role } from '@/lib/access/roles'
import type { Delivery, Tools } from '@/lib/delivery/destinations/contract'
import { mostSevere, readDigest } from '@/lib/delivery/digest/digest'
import type { Outcome } from '@/lib/delivery/outcome'
import type { Rule } from '@/lib/delivery/rules/rule'
import type { Ringing } from '@/lib/notifications/ring-bells'
import type { DesktopConfig } from './desktop-kind'

/** More lines nobody reads in a bell. */
const MAX_LISTED = 10

const ROLES: Record<DesktopConfig['people'], readonly Role[]> = {
  everyone: ['owner', 'admin', 'member', 'auditor'],
  managers: ['owner', 'admin'],
}
const PEOPLE: Record<DesktopConfig['people'], [one: string, many: string]> = {
  everyone: ['member', 'members'],
  managers: ['owner or administrator', 'owners and administrators'],
}

/** Puts one message into the bells of the workspace. Throws where the database does. */
export async function sendDesktop(
  { people }: DesktopConfig,
  format: { rule?: Rule | undefined },
  delivery: Delivery,
  { ring }: Tools,
): Promise<Outcome> {
  const started = performance.now()
  const { number, members } = await ring({
    tenantId: delivery.stream.tenantId,
    idempotencyKey: delivery.idempotencyKey,
    roles: ROLES[people],
    destinationId: delivery.stream.destinationId,
    ...whatToTell(delivery, format.rule),
  })
  const ms = Math.round(performance.now() - started)
  const [one, many] = PEOPLE[people]
  const whose = `${members.toLocaleString('en')} ${members === 1 ? one : many}`
  const request = `Notification ${number} for ${whose}`
  const message = `It is in the ${members === 1 ? 'bell' : 'bells'} of ${whose}. Pop-ups appear where one of them is signed in.`
  return { verdict: 'delivered', message, ms, request }
}

type Words = Pick<Extract<Ringing, { message: string }>, 'message' | 'path'>
type Events = Pick<Extract<Ringing, { told: object }>, 'told'>

function whatToTell({ stream, body }: Delivery, rule: Rule | undefined): Words | Events {
  const { events, levels, firstSeq, lastSeq, listed, alarms } = readDigest(body)
  // The made-up event of TEST has no place in the trail that its words could be read from.
  if (firstSeq < 0)
    return {
      message: 'This is a test: desktop notifications of this channel reach you.',
      path: `channels/${stream.destinationId}`,
    }
  const shown = alarms ? alarms.slice(0, MAX_LISTED) : mostSevere(listed, MAX_LISTED)
  const places = shown.map(({ seq }) => seq)
  return { told: { events, levels, firstSeq, lastSeq, listed: places, ...(rule && { rule }) } }
}
