import { expect, test } from 'vitest'
import { SoughtActor } from './actor-pointers'

const find = (event: Record<string, unknown>, mentions = true, values = ['ada']) =>
  [...new Set(new SoughtActor(values).pointersIn(event, mentions))].sort()

test('who acts, on whose behalf, and the targets that name them are found by login, identity, name or id', () => {
  expect(find({ type: 'a', actor: { login: 'ada', ip: '::1' } }, false)).toEqual(['/actor'])
  expect(find({ actor: { login: 'bob' }, onBehalfOf: { id: 'ada' } }, false)).toEqual(['/onBehalfOf'])
  expect(find({ targets: [{ name: 'host' }, { name: 'ada' }] }, false)).toEqual(['/targets'])
  expect(find({ actor: { login: 'adam' }, targets: [{ name: 'Ada' }] }, false)).toEqual([])
})

test('with mentions each other value is found in which one of the spellings stands as a whole', () => {
  const event = {
    type: 'ada',
    message: 'User ada, signed in',
    oldValue: 'Canada',
    payload: '{"login":"ada"}',
    data: { mail: 'ada@example.org', list: [1, { deep: ['x', 'ada'] }], ada: 1, other: 'adam' },
    custom: { custom1: 'ada' },
  }
  expect(find(event)).toEqual([
    '/custom/custom1',
    '/data/ada',
    '/data/list',
    '/data/mail',
    '/message',
    '/payload',
  ])
})

test('names of members deep inside, numbers and names with marks are found, and marks mean themselves', () => {
  expect(find({ data: { x: { ada: true } } })).toEqual(['/data/x'])
  expect(find({ data: { number: 40_711, other: 407_111 } }, true, ['40711'])).toEqual(['/data/number'])
  expect(find({ message: 'by a.d+a (x)' }, true, ['a.d+a (x)'])).toEqual(['/message'])
  expect(find({ message: 'by axdda' }, true, ['a.d+a'])).toEqual([])
  expect(find({ message: 'für Zoë.' }, true, ['Zoë'])).toEqual(['/message'])
  expect(find({ message: 'für Zoës' }, true, ['Zoë'])).toEqual([])
})

test('filters that events of our own tell of name somebody as a URL does', () => {
  const filter = { data: { export: { filter: 'type=a&actor=ada%40example.org&q=%22Ada+Byron%22' } } }
  expect(find(filter, true, ['ada@example.org'])).toEqual(['/data/export'])
  expect(find(filter, true, ['Ada Byron'])).toEqual(['/data/export'])
  expect(find({ message: 'see /people/Ada%20Byron' }, true, ['Ada Byron'])).toEqual(['/message'])
  expect(find(filter, true, ['da@example.org'])).toEqual([])
})
