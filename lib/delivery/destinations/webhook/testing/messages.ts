import { type Digest, digestOf } from '@/lib/delivery/digest/digest'
import type { Place } from '@/lib/delivery/digest/digest-links'
import type { ForwardedEvent } from '@/lib/delivery/forwarded-event'
import type { Rule } from '@/lib/delivery/rules/rule'
import { outgoingEvent } from '@/lib/delivery/testing/outgoing'
import type { EventInput } from '@/lib/event/event-input'
import { HOSTILE } from './hostile'

export const PLACE: Place = {
  tenant: 'acme',
  url: 'https://audit.acme.test/acme',
  settingsUrl: 'https://audit.acme.test/acme/channels/019a9d0c-0000-4000-8000-00000000000b',
}
export const SENDER = { username: 'spoor', channel: '#audit', iconUrl: 'https://acme.test/icon.png' }
export const RULE: Rule = { count: 10, withinSeconds: 300, per: 'actor', quietSeconds: 3_600 }

const idOf = (seq: number) => `0192c0de-0000-7000-8000-${String(seq).padStart(12, '0')}`
const at = (seq: number) => new Date(Date.UTC(2026, 10, 20, 22, 38, seq)).toISOString()

/** The event at a place of the trail, received at a second of its own. */
export const eventAt = (seq: number, input: Partial<EventInput> = {}): ForwardedEvent =>
  outgoingEvent(
    {
      type: 'account',
      action: 'signed in',
      occurredAt: at(seq),
      actor: { login: 'jdoe25', ip: '203.0.113.7' },
      ...input,
    },
    { seq, id: idOf(seq), receivedAt: at(seq) },
  )

const LEVELS = ['info', 'info', 'notice', 'warning', 'error'] as const

/** An alarm of the account for 12 events, of which three are listed. */
function alarmOf(login: string, events: ForwardedEvent[]) {
  const { listed } = digestOf(events)
  return { group: login, seq: 9, at: at(9), since: at(0), events: 12, listed }
}

const failures = [9, 10, 11].map((seq) =>
  eventAt(seq, { level: 'warning', status: 'fail', action: 'signed in' }),
)
const alarmDigest: Digest = { ...digestOf(failures), events: 12, from: at(0), listed: [] }

/** What the golden files show. */
export const DIGESTS: Record<string, { digest: Digest; rule?: Rule }> = {
  one: {
    digest: digestOf([
      eventAt(7, {
        level: 'warning',
        status: 'fail',
        message: 'Sign-in of jdoe25 failed: <!channel> see http://evil.example/*now*',
        targets: [{ type: 'host', name: 'srv-1.acme.test' }],
      }),
    ]),
  },
  many: {
    digest: digestOf(
      Array.from({ length: 25 }, (_, seq) =>
        eventAt(seq, {
          level: LEVELS[seq % 5],
          type: seq % 3 === 0 ? 'relay' : 'account',
          ...(seq === 4 && {
            message: '@channel [Reset your password](https://evil.example) :rotating_light:',
          }),
        }),
      ),
    ),
  },
  alarm: { digest: { ...alarmDigest, alarms: [alarmOf('jdoe25', failures)] }, rule: RULE },
  alarms: {
    digest: {
      ...alarmDigest,
      events: 75,
      alarms: [alarmOf('jdoe25', failures), alarmOf('@everyone', failures)],
      moreAlarms: 5,
    },
    rule: RULE,
  },
  test: {
    digest: digestOf([
      eventAt(-1, { type: 'trail.test', action: 'tested', message: 'A test event of Spoor.' }),
    ]),
  },
}

const hostile = HOSTILE.map(([, text]) => text).join(' ')

/** Fifty listed events whose every field is as long and as hostile as the trail lets in. */
export const HOSTILE_DIGEST: Digest = (() => {
  const long = hostile.repeat(10).slice(0, 1_000)
  const events = Array.from({ length: 80 }, (_, seq) => ({
    ...eventAt(seq, {
      action: long.slice(0, 128),
      level: 'critical',
      type: `${'evil.com_'.repeat(7)}${seq % 9}`.slice(-64),
    }),
    actorLogin: long,
    targetName: long,
  }))
  const digest = digestOf(events)
  return {
    ...digest,
    listed: digest.listed.map((note) => ({ ...note, title: long, ip: long, status: 'fail' })),
  }
})()
