import { expect, test } from 'vitest'
import { buildBlock } from './build-block'
import { DIRECTORY_ENTRY } from './encoded-block'
import { BLOCK_EVENTS, MAX_FREQUENT } from './layout'
import { hashOpenly } from './term-hash'
import { SYMBOLS } from './words'

/** Every value is in four events, so that each would have postings of its own. */
function* floodOfTerms(fields: number) {
  for (let i = 0; i < BLOCK_EVENTS; i++) {
    const data = Object.fromEntries(Array.from({ length: fields }, (_, k) => [`k${k}`, `${i >> 2}`]))
    yield JSON.stringify({
      type: 't',
      action: 'a',
      level: 'info',
      occurredAt: '2026-01-01T00:00:00.000Z',
      data,
    })
  }
}

test('a flood of terms makes no flood of postings, which merging would have to hold all at once', async () => {
  const { directory } = await buildBlock(0, floodOfTerms(40), hashOpenly)
  expect(directory.length / DIRECTORY_ENTRY).toBeLessThanOrEqual(MAX_FREQUENT + SYMBOLS * SYMBOLS)
})

test('a block of the longest words lets others run while it is built', async () => {
  const word = (i: number) => `${i.toString(36)}z`.repeat(8_000).slice(0, 16_000)
  const bodies = Array.from({ length: BLOCK_EVENTS }, (_, i) =>
    JSON.stringify({
      type: 't',
      action: 'a',
      level: 'info',
      occurredAt: '2026-01-01T00:00:00.000Z',
      message: i % 8 ? '' : word(i),
    }),
  )
  let turns = 0
  const counting = setInterval(() => turns++, 1)
  await buildBlock(0, bodies, hashOpenly)
  clearInterval(counting)
  // Sixteen pauses for the events alone; each half a million letters more need one of their own.
  expect(turns).toBeGreaterThan(60)
}, 30_000)
