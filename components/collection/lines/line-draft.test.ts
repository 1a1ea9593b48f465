import { expect, it } from 'vitest'
import type { LineDefinition } from '@/lib/collection/lines/definition'
import { addStep, moveStep, removeStep, toDefinition, toDraft } from './line-draft'

const definition: LineDefinition = {
  source: { attributes: ['user'] },
  steps: [
    { kind: 'filter', note: '', expression: 'row.user' },
    { kind: 'line', note: '', lineId: 'x', when: ' ' },
  ],
  target: { whologin: '{user}', custom1: '' },
}
const draft = toDraft({ name: 'a', note: '' }, definition)

it('gives back what it was made of, without what is blank', () => {
  expect(toDefinition(draft)).toEqual({
    source: { attributes: ['user'] },
    steps: [definition.steps[0], { kind: 'line', note: '', lineId: 'x' }],
    target: { whologin: '{user}' },
  })
})

it('moves steps within the list and keeps their keys', () => {
  const kinds = ({ steps }: typeof draft) => steps.map(({ step, key }) => `${step.kind} ${key}`)
  expect(kinds(moveStep(draft, 0, 1))).toEqual(['line 1', 'filter 0'])
  expect(moveStep(draft, 1, 1)).toBe(draft)
  expect(kinds(addStep(draft, 1, 'update'))).toEqual(['filter 0', 'update 2', 'line 1'])
  expect(kinds(removeStep(draft, 0))).toEqual(['line 1'])
})
