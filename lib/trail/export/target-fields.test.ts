import { expect, test } from 'vitest'
import type { StoredEvent } from '@/lib/event/stored-event'
import { TARGET_FIELDS, toTargetJson, toTargetValues } from './target-fields'

const event: StoredEvent = {
  id: '019a9d0c-0000-7000-8000-000000000000',
  seq: 7,
  receivedAt: '2026-11-21T00:00:00.000Z',
  leafHash: '00',
  origin: 'system',
  type: 'securityadmin',
  action: 'created',
  level: 'info',
  status: 'success',
  code: 'MS-4720',
  codeLabel: 'New account created',
  category: 'Account Management',
  message: 'New account created ACME\\admin',
  occurredAt: '2015-12-05T13:15:42.999+01:00',
  actor: { login: 'jdoe25', repository: 'ACME', identity: 'john doe', sessionId: '0x45679' },
  targets: [
    { type: 'account', name: 'john_doe', parent: 'CORP' },
    { type: 'perimeter', name: 'Sales', parent: 'All' },
    { type: 'group', name: 'third' },
  ],
  source: 'source.acme.example',
  destination: 'destination.acme.example',
  oldValue: 'Locked',
  newValue: 'Standard',
  payload: '75000',
  count: 10,
  dataSource: 'AD-cnx-ACME',
  externalRef: '45789',
  data: { subject: { login: 'jdoe' } },
  custom: { custom1: 'one', custom19: 'nineteen', other: 'kept elsewhere' },
}

const named = (values: unknown[]) => Object.fromEntries(TARGET_FIELDS.map((name, i) => [name, values[i]]))

test('a full event fills every field of the log target from the one that means the same', () => {
  expect(TARGET_FIELDS).toHaveLength(47)
  expect(named(toTargetValues(event, 'acme_corp'))).toMatchObject({
    mandant: 'acme_corp',
    datasource: 'AD-cnx-ACME',
    externalref: '45789',
    family: 'securityadmin',
    date: '20151205121542',
    wheresource: 'source.acme.example',
    wheredestination: 'destination.acme.example',
    whologin: 'jdoe25',
    whorepository: 'ACME',
    whoidentity: 'john doe',
    whosessionid: '0x45679',
    whateventcategory: 'Account Management',
    whateventcode: 'MS-4720',
    whateventcodelabel: 'New account created',
    whataction: 'created',
    whatpayload: '75000',
    whatstatus: 'success',
    whatcount: 10,
    whatdisplaylabel: 'New account created ACME\\admin',
    whattargettype: 'account',
    whattargetname: 'john_doe',
    whattargetparent: 'CORP',
    whattarget2type: 'perimeter',
    whattarget2name: 'Sales',
    whattarget2parent: 'All',
    whatoldvalue: 'Locked',
    whatnewvalue: 'Standard',
    whatdata: '{"subject":{"login":"jdoe"}}',
    custom1: 'one',
    custom2: '',
    custom19: 'nineteen',
  })
})

test('a bare event has every name, empty where it says nothing, and counts as one', () => {
  const { id, seq, receivedAt, leafHash, origin, type, action, level, occurredAt } = event
  const bare = { id, seq, receivedAt, leafHash, origin, type, action, level, occurredAt }
  const values = named(toTargetValues(bare, 'acme'))
  expect(Object.keys(JSON.parse(toTargetJson(bare, 'acme')))).toEqual(TARGET_FIELDS)
  const { mandant, family, date, whataction, whatcount, ...rest } = values
  expect({ mandant, family, whataction, whatcount }).toEqual({
    mandant: 'acme',
    family: 'securityadmin',
    whataction: 'created',
    whatcount: 1,
  })
  expect(new Set(Object.values(rest))).toEqual(new Set(['']))
})

test('the JSON form holds the same values', () => {
  expect(JSON.parse(toTargetJson(event, 'acme'))).toEqual(named(toTargetValues(event, 'acme')))
})
