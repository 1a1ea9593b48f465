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
])('leaves %s as it was meant', (text, expected) => expect(filterText(text)).toBe(expected))
