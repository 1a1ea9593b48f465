import { expect, test } from 'vitest'
import { readDate } from './read-date'

test.each([
  ['20151205121542', '2015-12-05T12:15:42Z'],
  ['20151205121542Z', '2015-12-05T12:15:42Z'],
  ['20151205121542.123Z', '2015-12-05T12:15:42.123Z'],
  ['20240229000000', '2024-02-29T00:00:00Z'],
  ['20000229235959', '2000-02-29T23:59:59Z'],
  ['00010101000000', '0001-01-01T00:00:00Z'],
])('%s is a date', (value, moment) => {
  expect(readDate(value)).toEqual({ moment })
})

test.each([
  ['20230229120000', 'There is no day 29 in February 2023, which has 28.'],
  ['19000229120000', 'There is no day 29 in February 1900, which has 28.'],
  ['20230431120000', 'There is no day 31 in April 2023, which has 30.'],
  ['20230100120000', 'There is no day 0 in January 2023, which has 31.'],
  ['20231301120000', 'There is no month 13.'],
  ['20230001120000', 'There is no month 0.'],
  ['20230101240000', "There is no hour 24: a day's last is 23."],
  ['20230101006000', "There is no minute 60: an hour's last is 59."],
  ['20161231235960', "There is no second 60: a minute's last is 59."],
  ['00000101000000', 'There is no year 0000.'],
  ['2015120512154', 'A date is written YYYYMMDDHHMMSS in UTC, such as 20151205121542.'],
  ['20151205121542+0100', 'A date is written YYYYMMDDHHMMSS in UTC, such as 20151205121542.'],
  ['２０１５1205121542', 'A date is written YYYYMMDDHHMMSS in UTC, such as 20151205121542.'],
  ['20151205121542\n', 'A date is written YYYYMMDDHHMMSS in UTC, such as 20151205121542.'],
  [
    '2015-12-05T12:15:42Z',
    'A date is written YYYYMMDDHHMMSS in UTC, such as 20151205121542. Turn this one round in an update step before.',
  ],
])('%j is none, and why', (value, problem) => {
  expect(readDate(value)).toEqual({ problem })
})
