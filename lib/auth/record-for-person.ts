import { becomeTenant, database, type Transaction } from '@/db/client'
import { INSTANCE_TENANT } from '@/lib/access/instance-tenant'
import type { Client, Principal, TenantScope } from '@/lib/access/scope'
import { scopeToRecord } from '@/lib/access/scope-to-record'
import { recordEvent } from '@/lib/audit/record-event'
import type { OwnCodeName } from '@/lib/catalog/own-codes'
import type { EventInput } from '@/lib/event/event-input'
import type { Workspace } from '@/lib/workspaces/insert-workspace'

type Record = {
  /** Empty for somebody in no workspace, or nobody we know: then the instance's own trail takes the event. */
  workspaces: Workspace[]
  principal: Principal
  client: Client
  code: OwnCodeName
  particulars: Pick<EventInput, 'message' | 'targets' | 'data' | 'count'>
}

/**
 * Puts what a person did into the trail of each of their workspaces, one transaction a workspace, and does it
 * in the last of them: if anything fails before, nothing was done, and what was done is in every trail.
 */
export async function recordForPerson<T>(
  { workspaces, principal, client, code, particulars }: Record,
  act: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const scopes = (workspaces.length > 0 ? workspaces : [INSTANCE_TENANT]).map((workspace) =>
    scopeToRecord(workspace, principal, client),
  )
  const write = async (tx: Transaction, scope: TenantScope) => {
    await becomeTenant(tx, scope.tenantId)
    await recordEvent(tx, scope, code, particulars)
  }
  for (const scope of scopes.slice(0, -1)) await database('auth').transaction((tx) => write(tx, scope))
  return database('auth').transaction(async (tx) => {
    const result = await act(tx)
    for (const scope of scopes.slice(-1)) await write(tx, scope)
    return result
  })
}
