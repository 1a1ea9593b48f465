import { expect, test } from 'vitest'
import { POLICY, sampleLog } from '@/lib/integrity/testing/sealed-log'
import { reasonOf } from '@/lib/integrity/testing/verify-lines'
import { verifyBundle } from './bundle'
import { parsePolicy } from './policy'
import { Skips } from './skips'
import { webPrimitives } from './web-primitives'

const verifier = { policy: parsePolicy(webPrimitives.sha256, POLICY), primitives: webPrimitives }

/** As a page has it: a file that was dropped on it. */
function verify(lines: string[]) {
  const file = new Blob([`${lines.join('\n')}\n`])
  return verifyBundle(
    () => file.stream() as unknown as AsyncIterable<Uint8Array>,
    verifier,
    new Skips(new Set()),
  )
}

test('a bundle is verified with what a browser has, and refused for the same reasons', async () => {
  const log = sampleLog(30)
  const lines = await log.rangeBundle(5, 25, [2], [8])
  expect(await verify(lines)).toMatchObject({ complete: { from: 5, to: 25 }, single: 1, continues: [8] })
  const altered = lines.map((line) => line.replace('"user6"', '"user5"'))
  expect(await reasonOf(verify(altered))).toBe('root_mismatch')
  const exchanged = lines.map((line, i) => (i === 0 ? line.replace('\\n30\\n', '\\n31\\n') : line))
  expect(await reasonOf(verify(exchanged))).toBe('signature_invalid')
})
