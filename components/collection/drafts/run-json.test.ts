import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runJson, sendJson } from './run-json'

const ANSWERS: Record<string, [status: number, body: string]> = {
  '/good': [200, '{"result":{"version":2}}'],
  '/refused': [
    400,
    '{"detail":"2 errors","errors":[{"pointer":"/name","detail":"Too long."},{"pointer":"/name","detail":"Odd."}]}',
  ],
  '/out': [401, '{"detail":"You are signed out."}'],
  '/proxy': [413, '<html>'],
}
const received: string[] = []
const server = createServer(async (request, response) => {
  let body = ''
  for await (const chunk of request) body += chunk
  received.push(body)
  const [status, answer] = ANSWERS[request.url ?? ''] ?? [404, '']
  response.writeHead(status).end(answer)
})
const run = (path: string) =>
  runJson(sendJson(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`), { name: '' })

beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
afterAll(() => new Promise((resolve) => server.close(resolve)))

test('what a route of ours answers becomes what a form shows, and so does no answer at all', async () => {
  expect(await run('/good')).toEqual({ ok: true, result: { version: 2 } })
  expect(received).toEqual(['{"name":""}'])
  expect(await run('/refused')).toMatchObject({
    ok: false,
    message: '2 errors',
    errors: { name: 'Too long.' },
  })
  expect(await run('/out')).toMatchObject({ ok: false, message: 'You are signed out.' })
  expect(await run('/proxy')).toMatchObject({ ok: false, message: 'The server answered 413. Try again.' })
  expect(await runJson(sendJson('http://127.0.0.1:9/'), {})).toMatchObject({
    ok: false,
    message: expect.stringContaining('did not answer'),
  })
})
