import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { addDestination, appendNumbered } from '@/lib/delivery/testing/deliveries'
import { useDeliveries } from '@/lib/delivery/testing/use-deliveries'
import type { Received } from '@/lib/http/testing/loopback-receiver'

const given = useDeliveries()

const secret = (byte: number) => `whsec_${Buffer.alloc(32, byte).toString('base64')}`

/** Which of the secrets a receiver may have to verify what comes next. */
async function verifyingSecrets(bytes: readonly number[]): Promise<number[]> {
  given.receiver.received.length = 0
  await appendNumbered(given.scope, 1)
  await given.run()
  const [{ body, headers }] = given.receiver.received as [Received]
  return bytes.filter((byte) => {
    try {
      new Webhook(secret(byte)).verify(body, headers as Record<string, string>)
      return true
    } catch {
      return false
    }
  })
}

test('a new signing secret leaves the old one valid for a day, through other edits too', async () => {
  const body = 'standard_webhook'
  const id = await addDestination(given.scope, { url: given.receiver.url, body, signingSecret: secret(1) })
  expect(await verifyingSecrets([1, 2, 3])).toEqual([1])
  await given.edit(id, { body, signingSecret: secret(2) })
  expect(await verifyingSecrets([1, 2, 3])).toEqual([1, 2])
  await given.edit(id, { body, note: 'another' })
  expect(await verifyingSecrets([1, 2, 3])).toEqual([1, 2])
  await given.edit(id, { body, signingSecret: secret(3) })
  expect(await verifyingSecrets([1, 2, 3])).toEqual([2, 3])

  await given.owner()`update destinations set config = config || '{"previousSecretUntil":"2026-01-01T00:00:00.000Z"}' where id = ${id}`
  expect(await verifyingSecrets([1, 2, 3])).toEqual([3])
  await given.edit(id, { body })
  const [row] = await given.owner()`select secret_names from destinations where id = ${id}`
  expect(row?.secret_names).toEqual(['maskingKey', 'signingSecret'])
})

test('values of further headers are kept by edits that show them, and forgotten with their line', async () => {
  const headers = ['X-A: one', 'X-B: two']
  const id = await addDestination(given.scope, { url: given.receiver.url, headers })
  await given.edit(id, { headers: ['X-A: ***', 'X-C: three'] })
  await appendNumbered(given.scope, 1)
  await given.run()
  expect(given.receiver.received[0]?.headers).toMatchObject({ 'x-a': 'one', 'x-c': 'three' })
  expect(given.receiver.received[0]?.headers).not.toHaveProperty('x-b')
})
