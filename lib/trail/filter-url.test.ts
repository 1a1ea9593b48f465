import { expect, test } from 'vitest'
import { AppError } from '@/lib/errors/app-error'
import { filterToSearchParams, parseFilter } from './filter-url'

const parse = (query: string) => parseFilter(new URLSearchParams(query), ['cursor'])

function violationsOf(query: string) {
  try {
    parse(query)
  } catch (error) {
    if (error instanceof AppError) return error.details.violations
  }
  return undefined
}

test('values repeat, ! excludes, empty fields of a form count as absent', () => {
  expect(parse('type=account&type=admin&type=!relay&level=&minLevel=warning&q=log%25in&cursor=x')).toEqual({
    type: { include: ['account', 'admin'], exclude: ['relay'] },
    q: { include: ['log%in'], exclude: [] },
    minLevel: 'warning',
  })
})

test('a query string survives the way to a filter and back', () => {
  const query = 'type=account&type=%21relay&q=%5C%21wow&ip=10.0.0.0%2F8&from=-24h&to=2026-11-20T00%3A00%3A00Z'
  const params = filterToSearchParams(parse(query))
  expect(parse(params.toString())).toEqual(parse(query))
  expect(parse('q=%5C%21wow').q).toEqual({ include: ['!wow'], exclude: [] })
})

test.each([
  ['typ=account', '/typ', 'did you mean type?'],
  ['level=loud', '/level', ''],
  ['ip=10.0.0.300', '/ip', 'CIDR'],
  ['ip=10.0.0.0/33', '/ip', 'CIDR'],
  ['ip=::1/064', '/ip', 'CIDR'],
  ['q=%00', '/q', 'U+0000'],
  ['from=yesterday', '/from', 'time back from now'],
  ['status=!maybe', '/status', ''],
])('%s is refused with its place', (query, pointer, detail) => {
  expect(violationsOf(query)?.[0]).toMatchObject({ pointer, detail: expect.stringContaining(detail) })
})
