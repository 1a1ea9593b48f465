import { expect, it } from 'vitest'
import { placeWords, problemAt, problemsBelow } from './problems'

const problems = [
  { path: ['steps', 0, 'set', 1, 'expression'], message: 'No.' },
  { path: ['steps', 1], message: 'Neither.' },
  { path: ['target', 'date'], message: 'Blank.' },
]

it('finds what is wrong with a field, and with a step', () => {
  expect(problemAt(problems, 'steps', 0, 'set', 1, 'expression')).toBe('No.')
  expect(problemAt(problems, 'steps', 0)).toBeUndefined()
  expect(problemsBelow(problems, 'steps', 0)).toHaveLength(1)
  expect(problemsBelow(problems)).toHaveLength(3)
})

it('says in words where a problem is', () => {
  expect(problems.map((problem) => placeWords(problem, ['Update', 'Join']))).toEqual([
    'Step 1, Update',
    'Step 2, Join',
    'Log target, date',
  ])
})
