import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { tenantTransaction } from '@/db/client'
import type { TenantScope } from '@/lib/access/scope'
import { acceptEvent } from '@/lib/event/accept-event'
import type { ApiRoute } from '@/lib/http/api-route'
import { readLog } from '@/lib/integrity/log/read-log'
import { append } from '@/lib/trail/append'
import { toEventRow } from '@/lib/trail/event-row'
import { readHead } from '@/lib/trail/head'

/** Appends events until the trail has exactly `size` of them. */
export async function fillTrail(scope: TenantScope, size: number): Promise<void> {
  const { tenantId } = scope
  const receivedAt = new Date().toISOString()
  const missing = size - (await readHead(scope))
  if (missing < 0) throw new Error(`the trail has more than ${size} events already`)
  const rows = Array.from({ length: missing }, (_, n) => {
    const event = { type: 'account', action: 'signed in', actor: { login: `user${n % 7}` }, data: { n } }
    const acceptance = acceptEvent(event, receivedAt)
    if ('violations' in acceptance) throw new Error('the sample event is not valid')
    return toEventRow({ tenantId, idKey: new Uint8Array() }, acceptance.accepted, 'system', receivedAt)
  })
  if (rows.length > 0) await append(rows)
}

/** The log of a tenant, which must be open. */
export async function logOf({ tenantId }: Pick<TenantScope, 'tenantId'>) {
  const log = await tenantTransaction(tenantId, (tx) => readLog(tx, tenantId))
  if (!log) throw new Error('the log is not open')
  return log
}

/** A real server on loopback that answers GET with a route of ours. */
export async function serveRoute(route: ApiRoute): Promise<{ url: string; close: () => Promise<void> }> {
  const listener = getRequestListener((request) => route.GET(request, undefined), {
    overrideGlobalObjects: false,
  })
  const server = createServer((request, response) => void listener(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()))
  return { url: `http://127.0.0.1:${port}`, close }
}
