import { expect, test } from 'vitest'
import { targetValues } from './testing/target-values'
import { toCollectedEvent } from './to-collected-event'

const context = { mandants: new Set(['acme', 'ACME_Corp']) }

const eventOf = (given: Record<string, string> = {}) => {
  const outcome = toCollectedEvent(targetValues(given), context)
  return 'event' in outcome ? outcome.event : outcome
}
const rejectOf = (given: Record<string, string>) => {
  const outcome = toCollectedEvent(targetValues(given), context)
  return 'reject' in outcome ? outcome.reject : outcome
}

test('the fewest fields are an event, and what is blank is not there', () => {
  expect(eventOf()).toStrictEqual({
    type: 'securityadmin',
    action: 'create',
    level: 'info',
    occurredAt: '2015-12-05T12:15:42Z',
    code: 'MS-4720',
    codeLabel: 'New account created',
    actor: { login: 'jdoe25', repository: 'ACME' },
    dataSource: 'AD-cnx-ACME',
    count: 1,
  })
})

test('every field has its place in the event', () => {
  const given = {
    mandant: 'ACME_Corp',
    externalref: '45789',
    family: 'Filer',
    wheresource: '10.0.0.1',
    wheredestination: 'destination.acme.example',
    whoidentity: 'john doe',
    whosessionid: '0x45679',
    whateventcategory: 'Account Management',
    whatpayload: '75000',
    whatstatus: 'Fail',
    whatcount: '10',
    whatdisplaylabel: 'New account created ACME\\admin',
    whattargettype: 'account',
    whattargetname: 'john_doe',
    whattargetparent: 'CORP',
    whattarget2type: 'Perimeter',
    whattarget2name: 'Sales',
    whattarget2parent: 'All',
    whatoldvalue: 'Locked',
    whatnewvalue: 'Standard',
    whatdata: '{"subject":{ "login":"jdoe"}}',
    custom1: 'one',
    custom19: 'nineteen',
  }
  expect(eventOf(given)).toMatchObject({
    type: 'filer',
    level: 'warning',
    status: 'fail',
    category: 'Account Management',
    message: 'New account created ACME\\admin',
    actor: {
      login: 'jdoe25',
      repository: 'ACME',
      identity: 'john doe',
      sessionId: '0x45679',
      ip: '10.0.0.1',
    },
    targets: [
      { type: 'account', name: 'john_doe', parent: 'CORP' },
      { type: 'perimeter', name: 'Sales', parent: 'All' },
    ],
    source: '10.0.0.1',
    destination: 'destination.acme.example',
    oldValue: 'Locked',
    newValue: 'Standard',
    payload: '75000',
    count: 10,
    externalRef: '45789',
    data: { subject: { login: 'jdoe' } },
    custom: { custom1: 'one', custom19: 'nineteen' },
  })
})

test('a second target keeps its place without a first', () => {
  expect(eventOf({ whattarget2name: 'Sales' })).toMatchObject({ targets: [{}, { name: 'Sales' }] })
})

test('a level that is given counts, else what failed is a warning', () => {
  expect(eventOf({ level: 'Critical', whatstatus: 'success' })).toMatchObject({ level: 'critical' })
  expect(eventOf({ whatstatus: 'SUCCESS' })).toMatchObject({ level: 'info', status: 'success' })
})

test.each(['fe80::1%eth0', 'host.example', '10.0.0.256', '1'])('%s is a source, but no address', (source) => {
  const event = eventOf({ wheresource: source })
  expect(event).toMatchObject({ source })
  expect(event).not.toHaveProperty('actor.ip')
})

test('data is an object, or the text that it is', () => {
  expect(eventOf({ whatdata: '{"a":1}' })).toMatchObject({ data: { a: 1 } })
  expect(eventOf({ whatdata: ' Name: value' })).toMatchObject({ data: { text: ' Name: value' } })
})

test.each([
  ['date', '20230229000000', 'date_invalid', 'There is no day 29 in February 2023, which has 28.'],
  ['whatcount', '0', 'count_invalid', 'A count is a whole number from 1; of a single event it is 1.'],
  ['whatcount', '1.5', 'count_invalid', 'A count is a whole number'],
  ['whatcount', '-1', 'count_invalid', 'A count is a whole number'],
  ['whatcount', '9007199254740993', 'count_invalid', 'A count is a whole number'],
  ['whatstatus', 'ok', 'status_unknown', 'A status is success or fail.'],
  ['whattargettype', 'acount', 'target_type_unknown', 'Did you mean account?'],
  ['whattarget2type', 'organization', 'target_type_unknown', 'Did you mean organisation?'],
  ['whattargettype', 'spaceship', 'target_type_unknown', 'Known are account, identity, group'],
  ['family', 'Log Files', 'field_invalid', 'A family has 1–64 characters'],
  ['family', 'trail.export', 'field_invalid', "Spoor's own"],
  ['whataction', 'trail.exported', 'field_invalid', "Spoor's own"],
  ['whataction', 'x'.repeat(129), 'field_invalid', 'at most 128 characters; this has 129'],
  ['whologin', 'x'.repeat(1025), 'field_invalid', 'At most 1024 characters are taken; this has 1025.'],
  ['whologin', 'a\0b', 'field_invalid', 'a NUL character'],
  ['custom3', 'a\ud800b', 'field_invalid', 'half of a surrogate pair'],
  ['level', 'warn', 'field_invalid', 'Did you mean warning?'],
  ['mandant', 'globex', 'mandant_unknown', 'a file writes into no other. It is called acme, ACME_Corp.'],
  ['mandant', 'acme_corp', 'mandant_unknown', 'Did you mean ACME_Corp?'],
])('%s %j is a reject of that field', (field, value, code, reason) => {
  const reject = rejectOf({ [field]: value })
  expect(reject).toMatchObject({ code, column: field, reason: expect.stringContaining(reason) })
  const shown = 'value' in reject ? reject.value : undefined
  expect(shown).toBe(value.slice(0, 200).toWellFormed().replace('\0', '␀'))
})

test.each([
  'datasource',
  'family',
  'date',
  'whologin',
  'whorepository',
  'whateventcode',
  'whateventcodelabel',
  'whataction',
  'whatcount',
])('a row without %s is a reject that says so; spaces are nothing', (field) => {
  for (const value of ['', '  \t'])
    expect(rejectOf({ [field]: value })).toEqual({
      code: 'field_missing',
      column: field,
      value: '',
      reason: `${field} is mandatory, and has no value here.`,
    })
})

test('an event that is larger than the trail takes is a reject that names what is so long', () => {
  expect(rejectOf({ whatdata: 'x'.repeat(262_144) })).toMatchObject({
    code: 'event_refused',
    column: 'whatdata',
    reason: expect.stringMatching(/^The event has 262\d{3} bytes, most of them in whatdata; at most 262144/),
  })
  expect(eventOf({ whatdata: 'x'.repeat(261_000) })).toHaveProperty('data.text')
})
