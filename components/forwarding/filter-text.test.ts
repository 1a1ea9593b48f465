import { expect, it } from 'vitest'
import { filterText } from './filter-text'

it('takes the filter out of the address of the trail, without how it is shown', () =>
  expect(
    filterText(
      ' https://spoor.example/acme/trail?actor=jdoe&data.region=eu&columns=time,code&view=1&limit=200 ',
    ),
  ).toBe('actor=jdoe&data.region=eu'))

it.each([
  ['actor=jdoe', 'actor=jdoe'],
  ['?actor=jdoe', 'actor=jdoe'],
  ['q=why?', 'q=why?'],
  ['actor=jdoe\n  status=fail\n', 'actor=jdoe&status=fail'],
  ['actor=jdoe&\n&status=fail', 'actor=jdoe&status=fail'],
  ['https://?', ''],
  ['/acme/trail?actor=jdoe#page', 'actor=jdoe'],
])('leaves %s as it was meant', (text, expected) => expect(filterText(text)).toBe(expected))
