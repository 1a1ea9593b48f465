import type { ForwardedEvent } from '@/lib/delivery/forwarded-event'
import { erasedEvent, outgoingEvent } from '@/lib/delivery/testing/outgoing'
import type { EventInput } from '@/lib/event/event-input'

const actor = {
  login: 'jdoe25',
  repository: 'ACME',
  identity: 'john doe',
  id: 'usr_1',
  type: 'user',
  sessionId: '0x45679',
  ip: '203.0.113.9',
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64)',
}

/** Everything that breaks lines, pairs, headers, quotes and terminals. */
const HOSTILE =
  'a=b|c^\\d "e" [f] ]g\tTab\r\nCRLF\nLF\vVT\fFF\u0085NEL\u2028LS\u2029PS\x1b[31mESC\x7fDEL\x9bCSI \\n end= '

const INPUTS: EventInput[] = [
  { type: 'relay', action: 'sent' },
  {
    type: 'account',
    action: 'signed in',
    level: 'info',
    status: 'success',
    code: 'USER_LOGGED_IN',
    codeLabel: 'User logged in',
    category: 'authentication',
    message: 'jdoe25 signed in',
    occurredAt: '2026-11-20T23:37:59.123456+01:00',
    actor,
    source: 'source.acme.com',
    destination: 'destination.acme.com',
    dataSource: 'AD-cnx-ACME',
    externalRef: '45789',
  },
  {
    type: 'account',
    action: 'signed in',
    level: 'warning',
    status: 'fail',
    occurredAt: '2026-11-20T22:37:59Z',
    actor: { login: 'jdoe25', ip: '2001:db8::9' },
    source: '198.51.100.7',
    count: 3,
  },
  { type: 'account', action: 'signed out', actor: { login: 'jdoe25', sessionId: '0x45679' } },
  {
    type: 'admin',
    action: 'updated',
    level: 'notice',
    status: 'success',
    code: 'SETTING_CHANGED',
    actor: { identity: 'Jörg Müßig', type: 'admin' },
    targets: [{ type: 'setting', name: 'password.minLength', id: 's-1' }],
    oldValue: '{"min":8}',
    newValue: '{"min":12}',
  },
  {
    type: 'admin',
    action: 'created',
    actor,
    onBehalfOf: { login: 'support', ip: '192.0.2.44' },
    targets: [{ type: 'account', name: 'jane', parent: 'CORP', id: 'usr_2' }],
  },
  {
    type: 'admin',
    action: 'password reset',
    actor,
    targets: [{ type: 'user account', name: 'jane' }],
  },
  { type: 'admin', action: 'locked', level: 'critical', targets: [{ type: 'account', id: 'usr_2' }] },
  {
    type: 'admin',
    action: 'added',
    actor,
    targets: [
      { type: 'account', name: 'jane' },
      { type: 'group', name: 'Auditors', parent: 'CORP' },
    ],
  },
  {
    type: 'admin',
    action: 'assigned',
    actor,
    targets: [
      { type: 'account', name: 'jane' },
      { type: 'role', name: 'Owner' },
    ],
  },
  {
    type: 'admin',
    action: 'deleted',
    level: 'error',
    actor,
    targets: [{ type: 'device', name: 'laptop-7' }],
  },
  {
    type: 'aws.cloudtrail',
    action: 'DescribeInstanceTypes',
    level: 'debug',
    actor,
    source: 'ec2.amazonaws.com',
    data: { 'request.id': 1, nested: { list: [1, 'zwei', null, true], ü: '\u0001 1.0' } },
    custom: { custom1: 'eins', custom19: 'x|y=z' },
  },
  { type: 'relay', action: 'relayed', level: 'trace', actor: { ip: '203.0.113.1' }, payload: '75000' },
  {
    type: 'hostile',
    action: HOSTILE.slice(0, 128),
    code: HOSTILE,
    codeLabel: HOSTILE,
    message: HOSTILE,
    actor: { login: HOSTILE, id: HOSTILE, userAgent: HOSTILE },
    targets: [{ type: HOSTILE, name: HOSTILE }],
    source: HOSTILE,
    dataSource: HOSTILE,
    data: { [HOSTILE]: HOSTILE },
  },
  {
    type: 'unicode',
    action: 'サインイン',
    message: 'naïve 🦊 – “quoted” \u202etfel ot thgir\u202c',
    actor: { login: 'Ωμέγα🦊' },
    source: 'bücher.example',
  },
  { type: 'old', action: 'dated', occurredAt: '0001-01-01T00:00:00Z' },
  { type: 'far', action: 'dated', occurredAt: '9999-12-31T23:59:59.999Z' },
]

/** One event of each sort that an encoding has to get right, with the ids that a trail would give. */
export const sampleEvents: readonly ForwardedEvent[] = [
  ...INPUTS.map((input, seq) => outgoingEvent(input, idsOf(seq))),
  erasedEvent({}, idsOf(INPUTS.length)),
  erasedEvent(
    { type: 'account', action: 'signed in', level: 'notice', occurredAt: '2026-11-20T22:37:59.5Z' },
    idsOf(INPUTS.length + 1),
  ),
]

function idsOf(seq: number) {
  return { seq, id: `0192c0de-0000-7000-8000-${String(seq).padStart(12, '0')}` }
}

/** As long as no message is that comes by the API, but one that an import may bring. */
export const longEvent: ForwardedEvent = outgoingEvent({
  type: 'relay',
  action: 'sent',
  message: `${'línea | = "] \\ '.repeat(6_250)}.`,
})
