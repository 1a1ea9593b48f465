import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { apiRoute } from './api-route'
import { acceptsGzip, gzipRoute } from './gzip-route'

const TEXT = 'the same words over and over '.repeat(1000)
const route = gzipRoute(apiRoute({ GET: () => new Response(TEXT, { headers: { 'x-kept': 'yes' } }) }))
const ask = (coding: string) =>
  route.GET(new Request('http://localhost/', { headers: { 'accept-encoding': coding } }), undefined)

test.each([
  ['gzip', true],
  ['br, GZIP;q=0.5', true],
  ['*', true],
  ['gzip;q=0', false],
  ['gzip; q=0.000', false],
  ['br', false],
  ['', false],
])('accept-encoding: %s', (coding, expected) => {
  expect(acceptsGzip(new Headers({ 'accept-encoding': coding }))).toBe(expected)
})

test('who takes gzip gets it, with all other headers; who does not gets the text', async () => {
  const zipped = await ask('gzip')
  expect(Object.fromEntries(zipped.headers)).toMatchObject({ 'content-encoding': 'gzip', 'x-kept': 'yes' })
  const bytes = Buffer.from(await zipped.arrayBuffer())
  expect(bytes.length).toBeLessThan(TEXT.length / 10)
  expect(gunzipSync(bytes).toString()).toBe(TEXT)
  const plain = await ask('br')
  expect(plain.headers.has('content-encoding')).toBe(false)
  expect(await plain.text()).toBe(TEXT)
})

test('a source that breaks breaks the answer, and a reader who leaves stops the source', async () => {
  let isCancelled = false
  const broken = (breaks: boolean) =>
    gzipRoute(
      apiRoute({
        GET: () =>
          new Response(
            new ReadableStream({
              pull: (controller) =>
                breaks ? controller.error(new Error('broken')) : controller.enqueue(new Uint8Array(100_000)),
              cancel: () => {
                isCancelled = true
              },
            }),
          ),
      }),
    ).GET(new Request('http://localhost/', { headers: { 'accept-encoding': 'gzip' } }), undefined)
  await expect((await broken(true)).arrayBuffer()).rejects.toThrow()
  const reader = (await broken(false)).body?.getReader()
  await reader?.read()
  await reader?.cancel()
  await expect.poll(() => isCancelled).toBe(true)
})
