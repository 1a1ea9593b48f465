import { expect, test } from 'vitest'
import { endStreams, openStream } from './open-streams'

test('a stopping server ends every open stream, and those that closed before stay as they are', () => {
  const [first, second, closed] = [openStream(), openStream(), openStream()]
  closed.close()
  endStreams()
  expect([first, second, closed].map(({ signal }) => signal.aborted)).toEqual([true, true, false])
})
