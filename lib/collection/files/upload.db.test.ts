import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { newMemberScope } from '@/lib/auth/testing/people'
import { readUpload } from '@/lib/collection/api/read-upload'
import { newSilo } from '@/lib/collection/silos/testing/new-silo'
import { listFiles } from './list'
import { readFileBytes } from './read-file-bytes'
import { receiveFile } from './receive'

useTestDatabase()

const MIB = 2 ** 20
const SENT_MIB = 200
/** A few pieces on their way, and what the collector has not looked at yet. */
const MAX_GROWTH_BYTES = 100 * MIB

const HEADER = 'at;login;host;what\n'
const BLOCK = Buffer.from(
  Array.from(
    { length: 18_000 },
    (_, i) => `2026-11-21T10:00:00Z;user${i % 500};host-${i % 40};signed in ${i}\n`,
  ).join(''),
)

/** A request whose body is made while it is read. */
function uploadOf(megabytes: number, onPart: (part: Buffer) => void = () => {}): Request {
  let left = megabytes * MIB
  let isFirst = true
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      await sleep(0)
      const part: Buffer = isFirst ? Buffer.from(HEADER) : BLOCK
      isFirst = false
      left -= part.length
      onPart(part)
      controller.enqueue(part)
      if (left <= 0) controller.close()
    },
  })
  return new Request('http://spoor.example/', { method: 'POST', body, duplex: 'half' } as RequestInit)
}

/** How much more memory the process takes at most while it runs. */
async function growthOf(run: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage().rss
  let most = before
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss)
  }, 20)
  try {
    await run()
  } finally {
    clearInterval(timer)
  }
  return most - before
}

test('an upload of 200 MiB, and reading it again, take constant memory', async () => {
  const scope = await newMemberScope()
  const { name: silo } = await newSilo(scope)
  const upload = (name: string, request: Request) =>
    receiveFile(scope, { silo, name, bytes: readUpload(request) })
  await upload('first.csv', uploadOf(8))
  const sent = createHash('sha256')
  const growth = await growthOf(() =>
    upload(
      'large.csv',
      uploadOf(SENT_MIB, (part) => sent.update(part)),
    ),
  )
  expect(growth).toBeLessThan(MAX_GROWTH_BYTES)
  const [file] = (await listFiles(scope, { silo })).files
  const hash = sent.digest('hex')
  expect(file).toMatchObject({ name: 'large.csv', sha256: hash, header: ['at', 'login', 'host', 'what'] })
  const read = createHash('sha256')
  const growthByReading = await growthOf(async () => {
    for await (const piece of readFileBytes(scope, file?.id ?? '')) read.update(piece)
  })
  expect(growthByReading).toBeLessThan(MAX_GROWTH_BYTES)
  expect(read.digest('hex')).toBe(hash)
}, 180_000)

test.each([
  ['a form', { 'content-type': 'multipart/form-data; boundary=x' }, /form/],
  ['an encoding that is not known', { 'content-encoding': 'br' }, /Content-Encoding br/],
])('%s is refused with what to do, and nothing is kept', async (_, headers, message) => {
  const scope = await newMemberScope()
  const { name: silo } = await newSilo(scope)
  const request = new Request('http://spoor.example/', { method: 'POST', body: 'a;b\n1;2\n', headers })
  await expect(receiveFile(scope, { silo, name: 'a.csv', bytes: readUpload(request) })).rejects.toMatchObject(
    {
      code: 'invalid',
      message: expect.stringMatching(message),
    },
  )
  expect((await listFiles(scope, { silo })).files).toEqual([])
})

test('a client that goes away leaves nothing', async () => {
  const scope = await newMemberScope()
  const { name: silo } = await newSilo(scope)
  let sent = 0
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (++sent > 5) controller.error(new Error('aborted'))
      else controller.enqueue(sent === 1 ? Buffer.from(HEADER) : BLOCK)
    },
  })
  const request = new Request('http://spoor.example/', {
    method: 'POST',
    body,
    duplex: 'half',
  } as RequestInit)
  await expect(receiveFile(scope, { silo, name: 'a.csv', bytes: readUpload(request) })).rejects.toMatchObject(
    {
      code: 'invalid',
      message: expect.stringContaining('before it was complete'),
    },
  )
  expect((await listFiles(scope, { silo })).files).toEqual([])
})

test('a client that stops sending is given up, and leaves nothing', async () => {
  const scope = await newMemberScope()
  const { name: silo } = await newSilo(scope)
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(Buffer.from(HEADER)),
  })
  const request = new Request('http://spoor.example/', {
    method: 'POST',
    body,
    duplex: 'half',
  } as RequestInit)
  await expect(
    receiveFile(scope, { silo, name: 'a.csv', bytes: readUpload(request, 200) }),
  ).rejects.toMatchObject({ code: 'invalid', message: expect.stringContaining('0.2 s') })
  expect((await listFiles(scope, { silo })).files).toEqual([])
})
