import { expect, it } from 'vitest'
import type { StoredEvent } from '@/lib/event/stored-event'
import { toTrailRow } from './trail-row'

const event: StoredEvent = {
  id: '0196b5a4-0000-7000-8000-000000000000',
  seq: 7,
  type: 'account',
  action: 'updated',
  level: 'info',
  occurredAt: '2026-11-20T12:00:00.000Z',
  receivedAt: '2026-11-20T12:00:00.000Z',
  leafHash: '00',
  origin: 'system',
  dataSource: 'not a chosen column',
  data: { secret: 'stays on the server' },
}

it('sends the browser only what the table shows', () => {
  const row = JSON.stringify(toTrailRow(event))
  expect(row).not.toContain('stays on the server')
  expect(row).not.toContain('not a chosen column')
  expect(toTrailRow(event, ['message', 'dataSource']).values).toEqual({ dataSource: 'not a chosen column' })
})

it('shows an actor that the actor filter finds: login, else identity, else id', () => {
  const actorOf = (actor: StoredEvent['actor']) => toTrailRow({ ...event, actor }).values.actor
  expect(actorOf({ login: 'l', identity: 'n', id: 'i' })).toBe('l')
  expect(actorOf({ identity: 'n', id: 'i' })).toBe('n')
  expect(actorOf({ id: 'i' })).toBe('i')
})

it('shows a target that the target filter finds: the name of the first or second', () => {
  const targetOf = (targets: StoredEvent['targets']) => toTrailRow({ ...event, targets }).values.target
  expect(targetOf([{ id: 'x' }, { name: 'b' }, { name: 'c' }])).toBe('b')
  expect(targetOf([{ id: 'x' }, { id: 'y' }, { name: 'c' }])).toBeUndefined()
})

it('sends no more of a long message than a row can show, and a sentence where a message is blank', () => {
  const long = toTrailRow({ ...event, message: '😀'.repeat(5000) }).text
  expect(long.length).toBeLessThanOrEqual(600)
  expect(long.isWellFormed()).toBe(true)
  expect(toTrailRow({ ...event, message: ' ' }).text).toBe('account: updated')
  expect(toTrailRow({ ...event, message: '' }).text).toBe('account: updated')
})
