import { expect, it } from 'vitest'
import { soundPart } from './sound-part'

const source = { attributes: ['user'] }
const filter = { kind: 'filter', note: '', expression: 'row.user' }

it('takes a whole definition as it is', () => {
  const definition = { source, steps: [filter], target: { whologin: '{user}' } }
  expect(soundPart(definition)).toEqual({ definition, problems: [] })
})

it('takes the steps before one that is not filled in yet, and says what is missing there', () => {
  const blank = { kind: 'update', note: '', set: [{ attribute: '', expression: 'x' }] }
  const { definition, problems } = soundPart({ source, steps: [filter, blank, filter], target: {} })
  expect(definition?.steps).toEqual([filter])
  expect(problems).toEqual([{ path: ['steps', 1, 'set', 0, 'attribute'], message: 'Name the attribute.' }])
})

it('takes nothing of what is no definition', () => {
  expect(soundPart('x').definition).toBeUndefined()
})
