import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import type { EventInput } from '@/lib/event/event-input'
import { createToken } from '@/lib/tokens/create'
import { eventsRoute } from '@/lib/trail/events-route'
import type { Verdict } from '@/lib/trail/receive/verdict'

export type Answer = {
  accepted: number
  duplicates: number
  rejected: number
  results: Verdict[]
  detail: string
  reference: string
}

export type TokenClient = {
  scope: TenantScope
  secret: string
  /** Sends a body as it is, and gives back the raw response. */
  send(body: BodyInit | Buffer, headers?: Record<string, string>): Promise<Response>
  /** Sends JSON and parses the answer. */
  post(body: unknown, headers?: Record<string, string>): Promise<{ status: number; answer: Answer }>
}

/** A new tenant with a token that may write and read, and a client that calls the handlers directly. */
export async function newTokenClient(): Promise<TokenClient> {
  const scope = await newMemberScope()
  const { secret } = await createToken(scope, { name: 'test', scopes: ['events:write', 'events:read'] })
  const send = (body: BodyInit | Buffer, headers: Record<string, string> = {}) =>
    Promise.resolve(
      eventsRoute.POST(
        new Request('http://localhost/api/v1/events', {
          method: 'POST',
          headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json', ...headers },
          body: body as BodyInit,
          duplex: 'half',
        } as RequestInit),
        undefined,
      ),
    )
  const post = async (body: unknown, headers?: Record<string, string>) => {
    const response = await send(JSON.stringify(body), headers)
    return { status: response.status, answer: (await response.json()) as Answer }
  }
  return { scope, secret, send, post }
}

/** The smallest event. */
export const someEvent = (more: Partial<EventInput> = {}): EventInput => ({
  type: 'test',
  action: 'tried',
  ...more,
})
