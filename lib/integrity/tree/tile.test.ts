import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NaiveTree, naiveLeaves } from './testing/naive-tree'
import { completedTiles, hashFullTile, partialTiles, tileWidth } from './tile'
import { parseTilePath, tilePath } from './tile-path'

describe('tiles of a tree', () => {
  test('70,000 leaves: the example of the tlog-tiles specification', () => {
    const full = completedTiles(0, 70_000)
    expect(full.filter(({ level }) => level === 0)).toHaveLength(273)
    expect(full.filter(({ level }) => level === 1)).toHaveLength(1)
    expect(full).toHaveLength(274)
    expect(partialTiles(70_000)).toEqual([
      { level: 0, index: 273, width: 112 },
      { level: 1, index: 1, width: 17 },
      { level: 2, index: 0, width: 1 },
    ])
  })

  test('at exactly 256 leaves there is no partial tile at level 0, and one of width 1 above it', () => {
    expect(completedTiles(255, 256)).toEqual([{ level: 0, index: 0 }])
    expect(partialTiles(256)).toEqual([{ level: 1, index: 0, width: 1 }])
    expect(partialTiles(255)).toEqual([{ level: 0, index: 0, width: 255 }])
    expect(partialTiles(257)).toEqual([
      { level: 0, index: 1, width: 1 },
      { level: 1, index: 0, width: 1 },
    ])
    expect(partialTiles(65_536)).toEqual([{ level: 2, index: 0, width: 1 }])
    expect(partialTiles(0)).toEqual([])
  })

  test('full and partial tiles are those of the definition', () => {
    for (const size of [1, 255, 256, 257, 511, 512, 513, 1025]) {
      const naive = new NaiveTree(naiveLeaves(size)).tiles(size)
      const named = [
        ...completedTiles(0, size).map((tile) => ({ ...tile, width: 256 })),
        ...partialTiles(size),
      ]
      expect(new Map(named.map((tile) => [`${tile.level}/${tile.index}`, tile.width * 32]))).toEqual(
        new Map([...naive].map(([key, data]) => [key, data.length])),
      )
      for (const { level, index, width } of named) expect(tileWidth({ level, index }, size)).toBe(width)
      for (const { level, index } of completedTiles(0, size)) {
        const above = naive
          .get(`${level + 1}/${index >> 8}`)
          ?.subarray((index & 255) * 32, (index & 255) * 32 + 32)
        expect(hashFullTile(naive.get(`${level}/${index}`) as Buffer)).toEqual(above)
      }
    }
  })

  test('each tile is completed once, in whatever steps the tree grows', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100_000), { maxLength: 6 }), (steps) => {
        let size = 0
        const seen = steps.flatMap((step) => {
          size += step
          return completedTiles(size - step, size)
        })
        const key = ({ level, index }: { level: number; index: number }) => `${level}/${index}`
        expect(seen.map(key).sort()).toEqual(completedTiles(0, size).map(key).sort())
      }),
    )
  })
})

describe('tile paths', () => {
  test('the index stands in groups of three, all but the last with an x', () => {
    const full = (index: number) => tilePath({ kind: 'hashes', tile: { level: 0, index, width: 256 } })
    expect(full(0)).toBe('tile/0/000')
    expect(full(999)).toBe('tile/0/999')
    expect(full(1000)).toBe('tile/0/x001/000')
    expect(full(1_234_067)).toBe('tile/0/x001/x234/067')
    expect(tilePath({ kind: 'entries', tile: { level: 0, index: 5, width: 7 } })).toBe('tile/entries/005.p/7')
  })

  test('a path that was written is read back', () => {
    const kind = fc.constantFrom('hashes' as const, 'entries' as const)
    fc.assert(
      fc.property(
        kind,
        fc.nat(63),
        fc.maxSafeNat(),
        fc.integer({ min: 1, max: 256 }),
        (kind, any, index, width) => {
          const resource = { kind, tile: { level: kind === 'entries' ? 0 : any, index, width } }
          expect(parseTilePath(tilePath(resource))).toEqual(resource)
        },
      ),
    )
  })

  test.each([
    'tile/0/0',
    'tile/0/0000',
    'tile/0/001/000',
    'tile/0/x000/001',
    'tile/00/000',
    'tile/64/000',
    'tile/-1/000',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/01',
    'tile/0/000.p/',
    'tile/0/x999/x999/x999/x999/x999/999',
    'tile/0/000/',
    'tile/data/000',
    '',
  ])('%j is no path of a tile', (path) => {
    expect(parseTilePath(path)).toBeUndefined()
  })
})
