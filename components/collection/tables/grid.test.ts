import { expect, it } from 'vitest'
import { addColumn, areaOf, cutOut, findCell, removeRows, squareGrid, writeCells } from './grid'

const grid = squareGrid(['a', 'b', 'c'], [['1', '2', '3'], ['4'], ['7', '8', '9', 'lost']])

it('makes all rows as long as the header', () => {
  expect(grid.rows).toEqual([
    ['1', '2', '3'],
    ['4', '', ''],
    ['7', '8', '9'],
  ])
})

it('pastes several cells, adds the rows that they need, and leaves out what has no column', () => {
  const place = { row: 2, column: 1 }
  const pasted = writeCells(grid, areaOf(place, place), [
    ['x', 'y', 'z'],
    ['u', 'v'],
  ])
  expect(pasted.rows.slice(2)).toEqual([
    ['7', 'x', 'y'],
    ['', 'u', 'v'],
  ])
  expect(grid.rows).toHaveLength(3)
})

it('fills a whole area with one pasted cell', () => {
  const area = areaOf({ row: 1, column: 2 }, { row: 0, column: 1 })
  expect(writeCells(grid, area, [['x']]).rows).toEqual([
    ['1', 'x', 'x'],
    ['4', 'x', 'x'],
    ['7', '8', '9'],
  ])
  expect(cutOut(grid, area)).toEqual([
    ['2', '3'],
    ['', ''],
  ])
})

it('adds and removes rows and columns', () => {
  expect(addColumn(grid, 1, 'new')).toMatchObject({
    columns: ['a', 'new', 'b', 'c'],
    rows: [['1', '', '2', '3'], {}, {}],
  })
  expect(removeRows(grid, 0, 1).rows).toEqual([['7', '8', '9']])
})

it('finds the next cell with a text, from the end on from the beginning', () => {
  expect(findCell(grid, '8', { row: 0, column: 0 })).toEqual({ row: 2, column: 1 })
  expect(findCell(grid, '1', { row: 2, column: 2 })).toEqual({ row: 0, column: 0 })
  expect(findCell(grid, 'none', { row: 0, column: 0 })).toBeUndefined()
})
