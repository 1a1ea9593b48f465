import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import { parseInput } from '@/lib/errors/parse-input'
import type { EventInput } from '@/lib/event/event-input'
import { createDestination } from '@/lib/forwarding/create'
import { createDestinationSchema, INPUT_SCHEMAS } from '@/lib/forwarding/input'
import { guardedRequest, type SendRequest } from '@/lib/http/guarded-request'
import { sealNow } from '@/lib/integrity/testing/seal-now'
import { appendWithin } from '@/lib/trail/append-within'

/** Appends `count` events as an API client's, and seals them; each names its number in `message`. */
export async function appendNumbered(
  scope: TenantScope,
  count: number,
  fields: (i: number) => Partial<EventInput> = () => ({}),
): Promise<void> {
  const events = Array.from({ length: count }, (_, i) => ({
    type: 'relay',
    action: 'sent',
    message: `n${i}`,
    ...fields(i),
  }))
  await inTenant(scope, (tx) => appendWithin(tx, scope.tenantId, 'token:test', events))
  await sealNow()
}

/** A destination as the form would make it. */
export async function addDestination(scope: TenantScope, input: Record<string, unknown>): Promise<string> {
  const { id } = await createDestination(
    scope,
    parseInput(createDestinationSchema, { kind: 'http', ...input }),
  )
  return id
}

/** A channel as the form would make it. */
export async function addChannel(scope: TenantScope, input: Record<string, unknown>): Promise<string> {
  const { id } = await createDestination(scope, parseInput(INPUT_SCHEMAS.channel.create, input))
  return id
}

/** The messages of the events in bodies of JSON arrays, in the order of arrival. */
export function messagesIn(requests: readonly { body: string }[]): string[] {
  return requests.flatMap(({ body }) =>
    (JSON.parse(body) as { message: string }[]).map(({ message }) => message),
  )
}

export const numbered = (count: number, from = 0) => Array.from({ length: count }, (_, i) => `n${from + i}`)

/** The guarded client, held up after the answer came until `release`: a process frozen between send and settle. */
export function freezeAfterSend(): { request: SendRequest; sent: Promise<void>; release(): void } {
  let release = () => {}
  let tellSent = () => {}
  const frozen = new Promise<void>((resolve) => {
    release = resolve
  })
  const sent = new Promise<void>((resolve) => {
    tellSent = resolve
  })
  const request: SendRequest = async (given) => {
    const answer = await guardedRequest(given)
    tellSent()
    await frozen
    return answer
  }
  return { request, sent, release: () => release() }
}
