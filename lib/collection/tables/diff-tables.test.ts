import { expect, test } from 'vitest'
import { countDifferences, diffTables } from './diff-tables'

test('rows are told apart by their first cell: added, removed, changed', () => {
  const before = {
    columns: ['id', 'a', 'b'],
    rows: [
      ['1', 'x', 'y'],
      ['2', 'x', ''],
      ['3', '', ''],
    ],
  }
  const after = {
    columns: ['id', 'a', 'c'],
    rows: [
      ['3', '', ''],
      ['1', 'z', 'new'],
      ['4', 'q', ''],
    ],
  }
  const differences = diffTables(before, after)
  expect(differences).toEqual([
    {
      kind: 'changed',
      key: '1',
      cells: [
        { column: 'a', before: 'x', after: 'z' },
        { column: 'c', before: '', after: 'new' },
        { column: 'b', before: 'y', after: '' },
      ],
    },
    {
      kind: 'added',
      key: '4',
      cells: [
        { column: 'id', before: '', after: '4' },
        { column: 'a', before: '', after: 'q' },
      ],
    },
    {
      kind: 'removed',
      key: '2',
      cells: [
        { column: 'id', before: '2', after: '' },
        { column: 'a', before: 'x', after: '' },
      ],
    },
  ])
  expect(countDifferences(differences)).toEqual({ added: 1, removed: 1, changed: 1 })
})

test('rows of a lookup with the same key are compared in their order', () => {
  const columns = ['id', 'a']
  const before = {
    columns,
    rows: [
      ['1', 'x'],
      ['1', 'y'],
    ],
  }
  expect(
    diffTables(before, {
      columns,
      rows: [
        ['1', 'x'],
        ['1', 'z'],
      ],
    }),
  ).toEqual([{ kind: 'changed', key: '1 (2)', cells: [{ column: 'a', before: 'y', after: 'z' }] }])
  expect(diffTables(before, before)).toEqual([])
})
