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
  data: { secret: 'stays on the server' },
}

it('sends the browser only what the table shows', () =>
  expect(JSON.stringify(toTrailRow(event))).not.toContain('stays on the server'))

it('shows an actor that the actor filter finds: login, else identity, else id', () => {
  expect(toTrailRow({ ...event, actor: { login: 'l', identity: 'n', id: 'i' } }).actor).toBe('l')
  expect(toTrailRow({ ...event, actor: { identity: 'n', id: 'i' } }).actor).toBe('n')
  expect(toTrailRow({ ...event, actor: { id: 'i' } }).actor).toBe('i')
})

it('shows a target that the target filter finds: the name of the first or second', () => {
  expect(toTrailRow({ ...event, targets: [{ id: 'x' }, { name: 'b' }, { name: 'c' }] }).target).toBe('b')
  expect(toTrailRow({ ...event, targets: [{ id: 'x' }, { id: 'y' }, { name: 'c' }] }).target).toBeUndefined()
})
