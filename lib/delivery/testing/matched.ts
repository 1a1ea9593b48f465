import type { ForwardedEvent } from '@/lib/delivery/forwarded-event'
import type { EventInput } from '@/lib/event/event-input'
import type { MatchedEntity, MatchedEvent } from '@/lib/ledger/matched/matched-event'
import { outgoingEvent } from './outgoing'

const idOf = (number: number) => `0192c0de-0000-7000-8000-0000000000${number}`

const HOW = {
  policy: { id: idOf(90), version: 2 },
  rule: { id: idOf(91), version: 1, name: 'Login and repository' },
}

/** An account as the ledger shows it, with its person and that person's organisation. */
export const walter: MatchedEntity = {
  ...{ id: idOf(11), type: 'account', key: 'THESHIRE\\wardog', display: 'Walter Ardog' },
  identity: { id: idOf(12), type: 'identity', key: 'wardog', display: 'Walter Ardog' },
  organisation: { id: idOf(13), type: 'organisation', key: 'research', display: 'Research' },
  ...HOW,
}

export const auditors: MatchedEntity = {
  ...{ id: idOf(21), type: 'group', key: 'THESHIRE\\auditors', display: 'The Auditors' },
  ...HOW,
}

/** Two fit, and none was taken. */
export const either: MatchedEntity = {
  display: 'Pedro Gustavo or Paula Gustavo',
  candidates: [
    { id: idOf(31), type: 'account', key: 'A\\pgustavo', display: 'Pedro Gustavo' },
    { id: idOf(32), type: 'account', key: 'B\\pgustavo', display: 'Paula Gustavo' },
  ],
  ...HOW,
}

export const matchedEvent = (input: Partial<EventInput>, matched: MatchedEvent, seq = 7): ForwardedEvent => ({
  ...outgoingEvent({ type: 'account', action: 'added', ...input }, { seq }),
  matched,
})

const HOSTILE = 'W=a|l^t\\"er] \r\n\u2028<!channel> @all \u202e\x1b[31m https://evil.example'

/** What destinations that carry matches get: a whole match, one of two, an ambiguous one, none, and a hostile ledger. */
export const matchedSamples: readonly ForwardedEvent[] = [
  matchedEvent(
    {
      actor: { login: 'wardog', repository: 'THESHIRE', identity: 'S-1-5-21-1104', ip: '203.0.113.9' },
      targets: [
        { type: 'account', name: 'wardog', parent: 'THESHIRE' },
        { type: 'group', name: 'auditors' },
      ],
    },
    { actor: walter, targets: [walter, auditors] },
    0,
  ),
  matchedEvent(
    { action: 'signed in', actor: { identity: 'S-1-5-21-1104' }, message: 'somebody signed in' },
    { actor: walter },
    1,
  ),
  matchedEvent(
    {
      actor: { login: 'pgustavo' },
      targets: [
        { type: 'report', name: 'r-1' },
        { type: 'group', name: 'auditors' },
      ],
    },
    { actor: either, targets: [null, auditors] },
    2,
  ),
  matchedEvent({ actor: { login: 'nobody' }, targets: [{ type: 'device', name: 'laptop-7' }] }, {}, 3),
  matchedEvent(
    { actor: { login: 'wardog' }, targets: [{ type: 'user', name: 'wardog' }] },
    {
      actor: {
        ...walter,
        display: HOSTILE,
        organisation: { ...auditors, id: idOf(22), type: 'group', key: 'x', display: HOSTILE },
      },
      targets: [{ ...walter, display: HOSTILE }],
    },
    4,
  ),
]
