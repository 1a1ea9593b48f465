import { randomUUID } from 'node:crypto'
import { and, eq, inArray } from 'drizzle-orm'
import { members, users } from '@/db/schema/tenants'
import { env } from '@/env'
import { inTenant } from '@/lib/access/in-tenant'
import { ROLE_PERMISSIONS, type Role } from '@/lib/access/roles'
import type { TenantScope } from '@/lib/access/scope'
import { scopeForSystem } from '@/lib/access/scope-for-system'
import { newReference, reportError } from '@/lib/errors/report-error'
import { type Letter, writeLetter } from '@/lib/mail/letter'
import { messageIdOf } from '@/lib/mail/message-id'
import { canSendMail, sendMail } from '@/lib/mail/send-mail'
import type { News } from './find-troubles'
import type { Told } from './tell-trouble'

/** A mail server that answers slowly must not hold up what there is to tell of others. */
const TIMEOUT_MS = 10_000
/** Servers take a hundred recipients at least (RFC 5321, section 4.5.3.1.8). */
const MAX_RECIPIENTS = 100

const MANAGING_ROLES = (Object.keys(ROLE_PERMISSIONS) as Role[]).filter((role) =>
  ROLE_PERMISSIONS[role].includes('destinations:manage'),
)

const ADVICE: Record<News, string> = {
  failing: 'Nothing is lost: its events wait in the trail, and Spoor keeps trying.',
  disabling: 'Nothing is lost: resume it when its receiver is well again, and it goes on where it stopped.',
  disabled: 'Nothing is lost: resume it when its receiver is there again, and it goes on where it stopped.',
  recovered: 'What waited is being sent.',
}

/**
 * Tells by one e-mail whoever may manage destinations in a workspace, where this instance can send any. It is sent
 * once: a letter that gets lost is in the log, and what it told is in the trail.
 */
export async function mailManagers(tenantId: string, told: readonly Told[]): Promise<void> {
  if (!canSendMail()) return
  try {
    const scope = await scopeForSystem(tenantId, 'SCHEDULER')
    const addresses = await listManagers(scope)
    const { subject, letter } = composeLetter(scope, told)
    for (let i = 0; i < addresses.length; i += MAX_RECIPIENTS) {
      const to = addresses.slice(i, i + MAX_RECIPIENTS)
      const messageId = messageIdOf(`destinations-${randomUUID()}`)
      const outcome = await sendMail(
        { to, subject, ...writeLetter(letter), messageId },
        { timeoutMs: TIMEOUT_MS },
      )
      if (outcome.verdict !== 'sent') throw new Error(`${outcome.message} The letter was: ${subject}`)
    }
  } catch (error) {
    reportError(error, newReference())
  }
}

async function listManagers(scope: TenantScope): Promise<string[]> {
  const rows = await inTenant(scope, (tx) =>
    tx
      .select({ email: users.email })
      .from(members)
      .innerJoin(users, eq(users.id, members.userId))
      .where(and(eq(members.tenantId, scope.tenantId), inArray(members.role, MANAGING_ROLES)))
      .orderBy(users.email),
  )
  return rows.map(({ email }) => email)
}

function composeLetter(
  { tenantName, tenantSlug }: TenantScope,
  told: readonly Told[],
): { subject: string; letter: Letter } {
  const url = `${env.publicUrl()}/${tenantSlug}/forwarding`
  const footer = `You get this letter because you manage the destinations of ${tenantName}.`
  const [first] = told
  if (told.length === 1 && first) {
    const { message, why, answer, waiting, news, destinationId } = first
    const letter: Letter = {
      title: message,
      paragraphs: [why, waiting, ADVICE[news]].filter(Boolean),
      ...(answer && { facts: [['The receiver said', answer]] }),
      action: { label: 'Open the destination', url: `${url}/${destinationId}` },
      footer,
    }
    return { subject: `${tenantName}: ${message}`, letter }
  }
  const title = `There is news of ${told.length} destinations`
  const items = told.map(({ message, why, waiting, news }) => ({
    text: message,
    note: [why, waiting, ADVICE[news]].filter(Boolean).join(' '),
  }))
  const action = { label: 'Open the destinations', url }
  return { subject: `${tenantName}: ${title}`, letter: { title, items, action, footer } }
}
