import { expect, it } from 'vitest'
import { LEVELS } from '@/lib/event/levels'
import { levelsFrom, minimumOf } from './minimum-level'

it('reads every level that can be chosen as the same again', () => {
  for (const level of LEVELS.slice(1)) expect(minimumOf(levelsFrom(level))).toBe(level)
  expect(minimumOf(levelsFrom(''))).toBe('')
})

it('knows all levels by either name', () => {
  expect(minimumOf([...LEVELS])).toBe('')
  expect(levelsFrom('error')).toEqual(['error', 'critical'])
})

it('calls a choice with gaps no minimum', () => {
  expect(minimumOf(['info', 'error'])).toBeUndefined()
  expect(minimumOf(['error'])).toBeUndefined()
})
