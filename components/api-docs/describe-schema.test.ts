import { expect, test } from 'vitest'
import { makeOpenApiDocument } from '@/lib/api/openapi'
import { describeSchema, listMembers } from './describe-schema'

const { components, paths } = makeOpenApiDocument('http://localhost')

test('members of objects and lists inside an object are named by their path', () => {
  const rows = listMembers(components.schemas.Event ?? {})
  const kinds = new Map(rows.map(({ path, kind }) => [path, kind.text]))
  expect(kinds.get('actor.login')).toBe('string')
  expect(kinds.get('targets[].name')).toBe('string')
  expect(kinds.get('level')).toContain('trace · debug')
  expect(rows.filter(({ required }) => required).map(({ path }) => path)).toEqual(['type', 'action'])
})

test('a list of another schema refers to it', () => {
  const [events] = listMembers(components.schemas.EventPage ?? {})
  expect(events?.kind).toEqual({ text: 'StoredEvent', refers: 'StoredEvent', isList: true })
})

test('a filter with fixed words shows the words, not their pattern', () => {
  const level = paths['/api/v1/events']?.get?.parameters.find(({ name }) => name === 'level')
  expect(describeSchema(level?.schema ?? {}).text).toBe(
    'trace · debug · info · notice · warning · error · critical',
  )
})
