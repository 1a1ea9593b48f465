import type { TenantScope } from '@/lib/access/scope'
import { scopeForMember } from '@/lib/access/scope-for-member'
import { headersOfSession, signInAs, signUpSomebody } from '@/lib/auth/testing/people'
import type { EventInput } from '@/lib/event/event-input'
import { createDestination } from '@/lib/forwarding/create'
import { INPUT_SCHEMAS } from '@/lib/forwarding/input'
import { createToken } from '@/lib/tokens/create'
import { followBell, type Receiver, startHook, startMailbox } from './receivers'

/** Events of this type are told; what Spoor itself records is not. */
export const TOLD_TYPE = 'told'

/** By which a channel reaches people, in the order in which they are measured. */
export const WAYS = ['mail', 'webhook', 'bell'] as const
export type Way = (typeof WAYS)[number]

/** A workspace with an immediate channel of each kind, and what its people get. */
export type Workspace = {
  scope: TenantScope
  receivers: Record<Way, Receiver>
  /** Resolves once the API has acknowledged them. */
  send(events: readonly EventInput[]): Promise<void>
  close(): Promise<void>
}

export async function openWorkspace(serverUrl: string): Promise<Workspace> {
  const person = await signUpSomebody()
  const { workspace, client } = person
  const session = await signInAs(person)
  const scope = await scopeForMember(session, workspace.slug, client)
  const [mail, webhook] = [await startMailbox(), await startHook()]
  const types = [TOLD_TYPE]
  const add = (input: Record<string, unknown>) =>
    createDestination(scope, INPUT_SCHEMAS.channel.create.parse({ types, ...input }))
  await add({
    kind: 'email',
    to: 'soc@acme.example',
    server: 'own',
    hostname: '127.0.0.1',
    port: mail.port,
    tls: 'none',
    from: 'spoor@acme.example',
  })
  await add({ kind: 'webhook', url: webhook.url })
  await add({ kind: 'desktop' })
  const { secret } = await createToken(scope, { name: 'bench', scopes: ['events:write'] })
  const headers = await headersOfSession(session.sessionId)
  const bell = await followBell(`${serverUrl}/${workspace.slug}/notifications/stream`, headers)
  const receivers = { mail, webhook, bell }
  return {
    scope,
    receivers,
    send: (events) => sendEvents(serverUrl, secret, events),
    close: async () => {
      for (const receiver of Object.values(receivers)) await receiver.close()
    },
  }
}

async function sendEvents(serverUrl: string, token: string, events: readonly EventInput[]): Promise<void> {
  const answer = await fetch(`${serverUrl}/api/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ events }),
  })
  if (!answer.ok) throw new Error(`the API answered ${answer.status}: ${await answer.text()}`)
  await answer.body?.cancel()
}
