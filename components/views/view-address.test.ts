import { expect, test } from 'vitest'
import { parseDisplay } from '@/components/trail/trail-display'
import { isModified, openingView, queryToKeep, viewHref } from './view-address'

const usual = parseDisplay(undefined, new URLSearchParams())
const own = parseDisplay('columns=time,message&density=compact', new URLSearchParams())
const params = (query: string) => new URLSearchParams(query)
const view = (query: string) => ({ id: 'v1', query })

test('an address names the view that it opens, and what the view shows', () => {
  expect(viewHref('/acme/trail', view('status=fail'))).toBe('/acme/trail?view=v1&status=fail')
  expect(viewHref('/acme/trail', view(''))).toBe('/acme/trail?view=v1')
})

test('a view keeps the filter and the columns, and not where its reader stood', () => {
  expect(queryToKeep(params('view=v1&cursor=x&live=1&status=fail'), usual)).toBe('status=fail')
  expect(queryToKeep(params('status=fail'), own)).toBe('status=fail&columns=time%2Cmessage&density=compact')
  expect(queryToKeep(params('columns=time,message'), own)).toBe('columns=time%2Cmessage')
})

test.each([
  ['status=fail&type=a&type=b', 'type=b&view=v1&type=a&cursor=x&status=fail', usual, false],
  ['status=fail', 'view=v1&status=fail&type=a', usual, true],
  ['status=fail', 'view=v1', usual, true],
  ['status=fail', 'status=fail', own, false],
  ['status=fail&columns=time,message&density=compact', 'status=fail', own, false],
  ['status=fail&columns=time,message', 'status=fail', usual, true],
])('a view of %s is open at %s', (query, address, display, modified) =>
  expect(isModified(view(query), params(address), display)).toBe(modified),
)

test("a person's own default goes before the workspace's", () => {
  const all = { isDefault: false, isWorkspaceDefault: true }
  const mine = { isDefault: true, isWorkspaceDefault: false }
  expect(openingView([all, mine])).toBe(mine)
  expect(openingView([all])).toBe(all)
  expect(openingView([{ isDefault: false, isWorkspaceDefault: false }])).toBeUndefined()
})
