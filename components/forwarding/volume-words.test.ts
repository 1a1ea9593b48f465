import { expect, it } from 'vitest'
import { volumeWords } from './volume-words'

it.each([
  [{ events: 0, days: 7, perDay: 0, isCapped: false }, 'No event of the last 7 days matches.'],
  [
    { events: 1, days: 7, perDay: 0, isCapped: false },
    '1 event of the last 7 days matches: less than one a day.',
  ],
  [
    { events: 8640, days: 7, perDay: 1234, isCapped: false },
    '8,640 events of the last 7 days match: about 1,234 a day.',
  ],
  [
    { events: 70_000, days: 7, perDay: 10000, isCapped: true },
    'More than 70,000 events of the last 7 days match: more than 10,000 a day.',
  ],
])('says what %o means', (volume, words) => expect(volumeWords(volume)).toBe(words))
