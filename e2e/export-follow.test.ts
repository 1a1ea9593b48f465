import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { readMessages } from '@/lib/trail/testing/event-stream'
import { findFreePort } from './fixtures/free-port'
import { createTenant } from './fixtures/operator'
import { makeDataDir, type SpoorServer, startSpoorServer } from './fixtures/spoor-server'
import { expect, test } from './fixtures/test'

const EVENTS = 50_000
/** Between two kills: the follower reconnects, catches up, and follows on. */
const KILLS = 3
const RUN_MS = 2_500

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

async function sendMany(url: string, token: string, count: number, mark: string): Promise<void> {
  const lines = Array.from({ length: count }, (_, i) =>
    JSON.stringify({
      type: mark,
      action: 'tried',
      message: `${mark} ${i} “ä” \\ "quoted"`,
      level: i % 10 === 0 ? 'error' : 'info',
      data: { i },
    }),
  )
  const answer = await fetch(`${url}/api/v1/events`, {
    method: 'POST',
    headers: { ...bearer(token), 'content-type': 'application/x-ndjson' },
    body: lines.join('\n'),
  })
  expect(answer.status).toBe(200)
  expect((await answer.text()).match(/"created"/g)).toHaveLength(count)
}

test('an export of fifty thousand events is every page of the list, byte for byte, plain and compressed', async ({
  spoor,
}) => {
  test.setTimeout(180_000)
  const { token, slug } = await createTenant(spoor.dataDir, 'exports')
  await sendMany(spoor.url, token, EVENTS, 'many')
  const read = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${spoor.url}/api/v1/events${path}`, { headers: { ...bearer(token), ...headers } })

  const response = await read('/export?type=many', { 'accept-encoding': 'identity' })
  expect(response.headers.get('content-disposition')).toContain(`${slug}-trail-`)
  expect(Number(response.headers.get('x-spoor-through-seq'))).toBeGreaterThanOrEqual(EVENTS)
  const exported = await response.text()
  let listed = ''
  for (let after = 0; ; ) {
    const page = await (await read(`?type=many&limit=1000&after=${after}`)).json()
    for (const event of page.events) listed += `${JSON.stringify(event)}\n`
    if (!page.next) break
    after = page.events.at(-1).seq
  }
  expect(exported.length).toBe(listed.length)
  expect(exported === listed).toBe(true)
  expect(exported.split('\n')).toHaveLength(EVENTS + 1)

  const zipped = await read('/export?type=many', { 'accept-encoding': 'gzip' })
  expect(zipped.headers.get('content-encoding')).toBe('gzip')
  expect((await zipped.text()) === exported).toBe(true)
  const csv = await (await read('/export?type=many&format=csv&minLevel=error')).text()
  expect(csv.split('\r\n')).toHaveLength(EVENTS / 10 + 2)
})

test('an export that breaks in the middle is no whole answer', async () => {
  test.setTimeout(180_000)
  const dataDir = makeDataDir()
  const server = await startSpoorServer({ dataDir: dataDir.path })
  const { token } = await createTenant(dataDir.path, 'breaks')
  await sendMany(server.url, token, EVENTS, 'many')
  const { body } = await fetch(`${server.url}/api/v1/events/export`, { headers: bearer(token) })
  const reader = (body as ReadableStream<Uint8Array>).getReader()
  await reader.read()
  // A reader that takes nothing more keeps most of the file on the server.
  const stopped = server.end('SIGTERM')
  const readOn = async () => {
    for (let done = false; !done; ) ({ done } = await reader.read())
  }
  await expect(readOn()).rejects.toThrow()
  expect(await stopped).toBe(0)

  const again = await startSpoorServer({ dataDir: dataDir.path })
  const url = `${again.url}/api/v1/events?code=TRAIL_EXPORTED`
  const { events } = await (await fetch(url, { headers: bearer(token) })).json()
  expect(events).toMatchObject([{ status: 'fail', data: { export: { outcome: 'broken' } } }])
  expect(events[0].data.export.events).toBeLessThan(EVENTS)
  await again.end('SIGTERM')
  dataDir.remove()
})

test('kill -9 while somebody follows: who comes back has lost nothing and got nothing twice', async () => {
  test.setTimeout(240_000)
  const dataDir = makeDataDir()
  const port = await findFreePort()
  let server: SpoorServer = await startSpoorServer({ dataDir: dataDir.path, port })
  const { token } = await createTenant(dataDir.path, 'follows')
  const url = `http://127.0.0.1:${port}/api/v1/events`

  let isRunning = true
  const acknowledged: number[] = []
  const write = async () => {
    for (let i = 0; isRunning; i++) {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { ...bearer(token), 'content-type': 'application/json' },
        body: JSON.stringify({ type: i % 3 === 0 ? 'wanted' : 'other', action: 'tried' }),
      })
        .then((response) => response.json())
        .catch(() => undefined)
      if (i % 3 === 0 && answer?.accepted === 1) acknowledged.push(answer.results[0].seq)
      await sleep(answer ? 2 : 50)
    }
  }
  const followed: number[] = []
  let connections = 0
  const stop = new AbortController()
  const follow = async () => {
    let lastId = '-1'
    while (!stop.signal.aborted) {
      const response = await fetch(`${url}/follow?type=wanted&after=-1`, {
        headers: { ...bearer(token), 'last-event-id': lastId },
        signal: stop.signal,
      }).catch(() => undefined)
      if (!response?.ok || !response.body) {
        await sleep(100)
        continue
      }
      connections++
      try {
        for await (const { id, event, data } of readMessages(response.body)) {
          lastId = id
          if (event === 'message') followed.push(JSON.parse(data).seq)
        }
      } catch {
        // The server was killed.
      }
    }
  }
  const writers = [write(), write(), write()]
  const following = follow()
  for (let kill = 0; kill < KILLS; kill++) {
    await sleep(RUN_MS)
    await server.end('SIGKILL')
    server = await startSpoorServer({ dataDir: dataDir.path, port })
  }
  await sleep(RUN_MS)
  isRunning = false
  await Promise.all(writers)

  const stored: number[] = []
  for (let cursor = ''; ; ) {
    const query = `type=wanted&order=asc&limit=1000&cursor=${cursor}`
    const page = await (await fetch(`${url}?${query}`, { headers: bearer(token) })).json()
    stored.push(...page.events.map(({ seq }: { seq: number }) => seq))
    if (!page.next) break
    cursor = page.next
  }
  await expect.poll(() => followed.length, { timeout: 10_000 }).toBe(stored.length)
  stop.abort()
  await following
  expect(followed).toEqual(stored)
  expect(stored).toEqual(expect.arrayContaining(acknowledged))
  expect(acknowledged.length).toBeGreaterThan(200)
  expect(connections).toBeGreaterThan(KILLS)
  await server.end('SIGTERM')
  dataDir.remove()
})

async function signUp(page: Page): Promise<void> {
  await page.goto('/sign-up')
  await page.getByLabel('Your name').fill('Grace Hopper')
  await page.getByLabel('E-mail address').fill('grace@exports.example')
  await page.getByLabel('Password', { exact: true }).fill('a long enough password')
  await page.getByLabel('Workspace name').fill('Console exports')
  await page.getByRole('button', { name: 'Create workspace' }).click()
  await expect(page).toHaveURL(/\/console-exports\/trail$/)
}

test('in the console, the view is downloaded as a file, and the dialog says how much it was', async ({
  page,
}) => {
  test.setTimeout(120_000)
  await signUp(page)
  await page.goto('/console-exports/trail?type=account')
  await page.getByRole('button', { name: 'Export' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: /NDJSON/ }).check()
  const downloading = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Download' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toMatch(/^console-exports-trail-\d+\.ndjson$/)
  const lines = readFileSync(await download.path(), 'utf8')
    .trim()
    .split('\n')
  expect(lines.map((line) => JSON.parse(line).type)).toEqual(lines.map(() => 'account'))
  await expect(dialog.getByText('Exported')).toBeVisible()
  await expect(dialog).toContainText(`${lines.length} event`)

  await page.keyboard.press('Escape')
  await page.goto('/console-exports/trail?type=system')
  await expect(page.getByRole('row', { name: /exported/ }).first()).toBeVisible()
})
