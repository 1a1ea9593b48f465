import { sql } from 'drizzle-orm'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'

/** Of a workspace of thousands, the first ones to see it. */
const MAX_RECEIPTS = 20

/** Who was shown a notification: `browser` is such as `Firefox on Linux`. */
export type Receipt = { name: string; login: string; browser: string; shownAt: string }
/** `people` is how many there are, also beyond those that are listed. */
export type Receipts = { people: number; receipts: Receipt[] }

/** Whom these notifications popped up for, and in which browsers, by number; the first ones to see it. */
export async function listReceipts(
  scope: TenantScope,
  numbers: readonly number[],
): Promise<Map<number, Receipts>> {
  requirePermission(scope, 'destinations:read')
  const rows = await inTenant(scope, (tx) =>
    tx.execute<Receipt & { number: number; people: number }>(sql`
      select number::float8 as number, people::int as people, name, email as login, browser, to_json(shown_at) #>> '{}' as "shownAt"
      from (
        select r.number, r.user_id, r.browser, r.shown_at, count(*) over (partition by r.number) as people,
          row_number() over (partition by r.number order by r.shown_at, r.user_id) as place
        from notification_receipts r
        where r.tenant_id = ${scope.tenantId}::uuid and r.number = any(${`{${numbers.join(',')}}`}::bigint[])) shown
      left join users u on u.id = shown.user_id
      where place <= ${MAX_RECEIPTS} order by number, place`),
  )
  const found = new Map<number, Receipts>()
  for (const { number, people, name, login, browser, shownAt } of rows) {
    const those = found.get(number) ?? { people, receipts: [] }
    those.receipts.push({
      // Whoever left the workspace is nobody that it may name.
      name: name ?? 'A former member',
      login: login ?? '',
      browser,
      shownAt: new Date(shownAt).toISOString(),
    })
    found.set(number, those)
  }
  return found
}
