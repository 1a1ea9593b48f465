import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clip, countBits, emptyBitmap, hasBit, isEmpty, places, setBit } from './bitmap'

const PLACES = 256
const somePlaces = fc.uniqueArray(fc.nat(PLACES - 1))

function bitmapOf(set: readonly number[]) {
  const bitmap = emptyBitmap(PLACES)
  for (const place of set) setBit(bitmap, place)
  return bitmap
}

test('a bitmap holds what was set, in both directions and counted', () => {
  fc.assert(
    fc.property(somePlaces, fc.nat(PLACES), (set, limit) => {
      const sorted = [...set].sort((a, b) => a - b)
      const bitmap = bitmapOf(set)
      expect(places(bitmap)).toEqual(sorted)
      expect(places(bitmap, limit)).toEqual(sorted.slice(0, limit))
      expect(places(bitmap, limit, true)).toEqual(sorted.toReversed().slice(0, limit))
      expect(countBits(bitmap)).toBe(set.length)
      expect(isEmpty(bitmap)).toBe(set.length === 0)
      for (let place = 0; place < PLACES; place++) expect(hasBit(bitmap, place)).toBe(set.includes(place))
    }),
  )
})

test('clipping keeps exactly the places inside', () => {
  fc.assert(
    fc.property(
      somePlaces,
      fc.integer({ min: -50, max: 300 }),
      fc.integer({ min: -50, max: 300 }),
      (set, from, to) => {
        const bitmap = bitmapOf(set)
        clip(bitmap, from, to)
        expect(places(bitmap)).toEqual(
          set.filter((place) => place >= from && place < to).sort((a, b) => a - b),
        )
      },
    ),
  )
})
