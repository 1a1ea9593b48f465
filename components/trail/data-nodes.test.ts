import { expect, test } from 'vitest'
import { type DataNode, toDataNodes } from './data-nodes'

const filtersIn = (nodes: DataNode[]): string[] =>
  nodes.flatMap((node) =>
    node.kind === 'branch' ? filtersIn(node.children) : (node.filter?.join('=') ?? []),
  )
const countNodes = (nodes: DataNode[]): number =>
  nodes.reduce((sum, node) => sum + 1 + (node.kind === 'branch' ? countNodes(node.children) : 0), 0)

test('every scalar leads to the events that have it at the same path', () => {
  const nodes = toDataNodes({
    request: { id: 7, 'a.b': true, 'c\\d': 'x' },
    tags: ['red', 1.5],
    list: [{ on: false }],
  })
  expect(filtersIn(nodes)).toEqual([
    'data.request.id=7',
    'data.request.a\\.b=true',
    'data.request.c\\\\d=x',
    'data.tags=red',
    'data.tags=1.5',
    'data.list.0.on=false',
  ])
})

test('what no filter can ask for leads nowhere', () => {
  const deep = Array.from({ length: 16 }).reduce((inner: unknown) => ({ n: inner }), 1)
  const data = { none: null, empty: '', spaced: ' x', long: 'x'.repeat(1025), '': 1, deep }
  expect(filtersIn(toDataNodes(data))).toEqual([])
})

test('a tree of any size stays readable, and says how much there is', () => {
  const wide = Array.from({ length: 20 }, () => Array.from({ length: 500 }, (_, i) => i))
  const nodes = toDataNodes({ wide, 'never reached': 1 })
  expect(countNodes(nodes)).toBe(600)
  expect(nodes[0]).toMatchObject({ kind: 'branch', isList: true, size: 20 })
  expect(nodes[0]).toMatchObject({ children: { 0: { size: 500, children: { length: 100 } } } })
})
