import { expect, test } from 'vitest'
import { PROCESSED_ATTRIBUTES } from '@/lib/collection/processing/processed-attributes'
import { TARGET_FIELDS } from '@/lib/trail/export/target-fields'
import { checkTarget } from './check-target'
import { compileTarget, type TargetMapping } from './compile-target'
import { MANDATORY_FIELDS } from './fields'
import { processedTarget } from './processed-target'

const FEWEST: TargetMapping = {
  ...Object.fromEntries(MANDATORY_FIELDS.map((name) => [name, '{user}'])),
  date: '{time}',
  whatcount: '1',
}

test('the target that follows log processing is whole, and gives each field its attribute', () => {
  expect(checkTarget(processedTarget(), PROCESSED_ATTRIBUTES)).toEqual([])
  const cells = PROCESSED_ATTRIBUTES.map((name) => `value of ${name}`)
  expect(compileTarget(processedTarget(), PROCESSED_ATTRIBUTES)(cells)).toEqual([
    ...TARGET_FIELDS.map((name) => `value of log_${name}`),
    '',
  ])
})

test('templates mix texts and attributes', () => {
  const fill = compileTarget({ datasource: 'AD-{host}-{{x}}', family: 'filer', level: '{level}' }, [
    'host',
    'level',
  ])
  const values = fill(['dc1', 'error'])
  expect([values[1], values[3], values[47]]).toEqual(['AD-dc1-{x}', 'filer', 'error'])
  expect(values).toHaveLength(48)
})

test('every mandatory field without a value is told', () => {
  expect(checkTarget({}, []).map(({ field }) => field)).toEqual([...MANDATORY_FIELDS])
  expect(checkTarget({ ...FEWEST, family: ' ' }, ['user', 'time'])).toEqual([
    { field: 'family', detail: 'family is mandatory. Give it a value or an attribute.' },
  ])
})

test.each([
  ['whologin', '{usr}', 'There is no attribute usr here. Did you mean {user}?'],
  ['whologin', '{user', 'The brace opened at character 1 is not closed.'],
  ['date', '20230229000000', 'There is no day 29 in February 2023'],
  ['whatcount', '0', 'A count is a whole number from 1'],
  ['whatstatus', 'ok', 'A status is success or fail.'],
  ['whattargettype', 'acount', 'Did you mean account?'],
  ['family', 'Log Files', 'A family has 1–64 characters'],
  ['level', 'fatal', 'There is no such level.'],
] as const)('%s %j is told before any row is read', (field, template, detail) => {
  expect(checkTarget({ ...FEWEST, [field]: template }, ['user', 'time'])).toEqual([
    { field, detail: expect.stringContaining(detail) },
  ])
})
