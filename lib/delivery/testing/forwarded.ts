import type { ForwardedEvent } from '@/lib/delivery/forwarded-event'

/** An event as the engine hands it to an encoder. */
export function forwardedEvent(fields: Partial<ForwardedEvent> = {}): ForwardedEvent {
  return {
    seq: 7,
    id: '0192c0de-0000-7000-8000-000000000007',
    receivedAt: '2026-11-20T22:38:00.000Z',
    occurredAt: '2026-11-20T22:37:59.123Z',
    level: 'info',
    type: 'account',
    action: 'signed in',
    message: 'jdoe25 signed in',
    actorLogin: 'jdoe25',
    targetName: null,
    source: 'source.acme.com',
    dataSource: 'AD-cnx-ACME',
    origin: 'token:t1',
    leafHash: 'ab'.repeat(32),
    body: '{"type":"account","action":"signed in","message":"jdoe25 signed in","data":{"ü":"\\u0001 1.0"}}',
    ...fields,
  }
}
