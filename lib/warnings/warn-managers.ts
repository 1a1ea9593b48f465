import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { canSendMail } from '@/lib/mail/send-mail'
import { ringWithin } from '@/lib/notifications/ring-bells'
import { MANAGING_ROLES } from './managing-roles'
import type { Warning } from './warning'

/**
 * Warns whoever manages a workspace: in their bells, and by a letter where this instance sends any. Belongs into the
 * transaction of the tenant that records what happened, behind its event, so that it is told once or not at all. The
 * letter leaves soon after the commit (`mail-warnings.ts`).
 */
export async function warnManagers(
  tx: Transaction,
  tenantId: string,
  { key, except, ...words }: Warning,
): Promise<void> {
  const { message, link } = words
  if (except !== 'bell')
    await ringWithin(tx, { tenantId, idempotencyKey: key, roles: MANAGING_ROLES, message, path: link.path })
  if (except !== 'mail' && canSendMail())
    await tx.execute(sql`
      insert into warning_letters (tenant_id, key, words) values (${tenantId}, ${key}, ${JSON.stringify(words)}::jsonb)
      on conflict (tenant_id, key) do nothing`)
}
