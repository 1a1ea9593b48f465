import { expect, it } from 'vitest'
import { withColumn, withoutColumn } from './column-rules'

const properties = { columns: ['eventid', 'message', 'category', 'subcategory', '1'], rows: [] }
const lookup = { columns: ['id', 'column3'], rows: [['1', 'x']] }

it('numbers the columns of event properties, and takes only the last of them away', () => {
  expect(withColumn('properties', properties, 0)?.columns.at(-1)).toBe('2')
  const without = withoutColumn('properties', properties, 0)
  expect(without?.name).toBe('1')
  expect(without && withoutColumn('properties', without.grid, 0)).toBeUndefined()
})

it('never changes the 49 columns of a mapping', () => {
  expect(withColumn('mapping', lookup, 0)).toBeUndefined()
  expect(withoutColumn('mapping', lookup, 0)).toBeUndefined()
})

it('adds a lookup’s column beside the cursor, under a name of its own', () => {
  expect(withColumn('lookup', lookup, 0)).toEqual({
    columns: ['id', 'column4', 'column3'],
    rows: [['1', '', 'x']],
  })
})
