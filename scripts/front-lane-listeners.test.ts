import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { laneKey } from './front-lane-listeners'

const keyOf = (url: string) => laneKey({ method: 'GET', url } as IncomingMessage)

test('a request is named by its path alone, and all of a log by the folder of logs', () => {
  expect(keyOf('/api/v1/events?type=a/log/')).toBe('GET /api/v1/events')
  expect(keyOf('/log/0190f7a0/tile/0/x001/067.p/8?x=1')).toBe('GET /log/')
  for (const path of ['/log', '/logs/x', '/api/log/', '/v1/logs', '/v1/log/checkpoint'])
    expect(keyOf(path)).toBe(`GET ${path}`)
})
