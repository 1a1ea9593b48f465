import { expect, it } from 'vitest'
import { columnsWorthSeeing } from './sample-columns'

const row = (cells: string[]) => ({ row: 0, cells })

it('shows what a step added or changed, without columns that are blank', () => {
  const columns = [
    { name: 'a', state: 'same' as const },
    { name: 'b', state: 'changed' as const },
    { name: 'c', state: 'added' as const },
  ]
  expect(columnsWorthSeeing({ title: '', columns, rows: [row(['1', '2', ''])] })).toEqual([1])
})

it('shows the first columns where a step changes none', () => {
  const columns = ['a', 'b'].map((name) => ({ name, state: 'same' as const }))
  expect(columnsWorthSeeing({ title: '', columns, rows: [row(['', '2'])] })).toEqual([1])
})
