import { expect, it } from 'vitest'
import { mappingNames, namesInUse } from './mapping-names'

it('offers attributes, names that are used elsewhere in the table, and the properties of the event', () => {
  const inUse = namesInUse({ columns: ['a', 'b'], rows: [['WEC-{computer}', '{message}: {param.X}']] })
  const names = mappingNames(['computer', 'timestamp'], inUse, ['TargetUserName']).map(({ name }) => name)
  expect(names).toEqual([
    'computer',
    'timestamp',
    'message',
    'category',
    'subcategory',
    'formattedRawData',
    'param.TargetUserName',
  ])
})
