import { expect, test } from 'vitest'
import { pickNames } from './pick-names'

test('while names are looked at, others have their turn', async () => {
  let turns = 0
  const timer = setInterval(() => turns++, 1)
  const names = Array.from({ length: 20 }, (_, i) => ({ name: `${i}` }))
  const isTaken = (name: string) => {
    const endMs = performance.now() + 15
    while (performance.now() < endMs);
    return name.endsWith('1')
  }
  expect(await pickNames(names, isTaken)).toEqual([{ name: '1' }, { name: '11' }])
  clearInterval(timer)
  expect(turns).toBeGreaterThan(3)
})
