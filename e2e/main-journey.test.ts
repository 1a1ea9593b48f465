import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { answerWith, type Receiver, startReceiver } from '@/lib/http/testing/loopback-receiver'
import { cloudTrailEvent } from '@/lib/samples/cloudtrail-event'
import { expect, test } from './fixtures/test'

const RECORDS = readFileSync(new URL('./data/aws-cloudtrail.ndjson', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line))
const EVENTS = RECORDS.map(cloudTrailEvent)
const API_KEY = 'key-of-the-receiver'

let receiver: Receiver

test.beforeEach(async () => {
  receiver = await startReceiver()
})
test.afterEach(() => receiver.close())

async function signUp(page: Page): Promise<void> {
  await page.goto('/sign-up')
  await page.getByLabel('Your name').fill('Ada Lovelace')
  await page.getByLabel('E-mail address').fill('ada@acme.example')
  await page.getByLabel('Password', { exact: true }).fill('a long enough password')
  await page.getByLabel('Workspace name').fill('Acme')
  await expect(page.getByLabel('Workspace address')).toHaveValue('acme')
  await page.getByRole('button', { name: 'Create workspace' }).click()
  await expect(page).toHaveURL(/\/acme\/trail$/)
}

async function createToken(page: Page): Promise<string> {
  await page.goto('/acme/settings/tokens')
  await page.getByRole('button', { name: /token/i }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('ci')
  await dialog.getByRole('checkbox', { name: /events:write/ }).check()
  await dialog.getByRole('checkbox', { name: /events:read/ }).check()
  await dialog.getByRole('button', { name: 'Create token' }).click()
  const secret = await dialog.locator('figure', { hasText: 'Token ci' }).locator('code').innerText()
  await page.reload()
  await expect(page.getByRole('row', { name: /ci/ })).toBeVisible()
  expect(await page.content()).not.toContain(secret)
  return secret
}

async function addDestination(page: Page): Promise<void> {
  await page.goto('/acme/forwarding/new')
  await page.getByRole('link', { name: 'HTTP', exact: true }).click()
  await page.getByLabel('URL').fill(`${receiver.url}/logs`)
  await page.getByLabel('API Header Name').fill('X-Api-Key')
  await page.getByRole('textbox', { name: 'API Key' }).fill(API_KEY)
  await page.getByRole('combobox', { name: 'Log Types' }).fill('aws')
  await page.getByRole('option', { name: 'aws' }).click()
  await page.getByRole('combobox', { name: 'Log Levels' }).fill('info')
  await page.getByRole('option', { name: 'info' }).click()
  await page.keyboard.press('Escape')
  await page.getByLabel('Body').selectOption('json_array')
  await page.getByRole('radio', { name: /From the beginning/ }).check()
  await page.getByRole('button', { name: 'Add Forwarding Destination' }).click()
  await expect(page).toHaveURL(/\/acme\/forwarding\/[0-9a-f-]{36}$/)
}

test('sign up, make a token, send real events, find one, forward them, and read the statistics', async ({
  page,
  spoor,
}) => {
  test.setTimeout(120_000)
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))

  await signUp(page)
  const token = await createToken(page)

  const send = () =>
    fetch(`${spoor.url}/api/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ events: EVENTS }),
    })
  expect(await (await send()).json()).toMatchObject({ accepted: 103, duplicates: 0, rejected: 0 })
  expect(await (await send()).json()).toMatchObject({ accepted: 0, duplicates: 103, rejected: 0 })

  await test.step('find one by filter and by a part of a word', async () => {
    await page.goto('/acme/trail?type=aws&actor=pedro')
    await expect(page.getByRole('row', { name: /pedro/ }).first()).toBeVisible()
    await expect(page.getByRole('row')).toHaveCount(51)
    await page.getByLabel('Text in message, actor, target, code or source').fill('volumesmodif')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('row')).toHaveCount(2)
    await page
      .getByRole('link', { name: /DescribeVolumesModifications/ })
      .last()
      .click()
    await expect(page).toHaveURL(/\/acme\/trail\/[0-9a-f-]{36}/)
    const record = RECORDS.find(({ eventName }) => eventName === 'DescribeVolumesModifications')
    await expect(page.getByText(record.requestID).first()).toBeVisible()
  })

  await test.step('pages lead to the oldest event and back', async () => {
    await page.goto('/acme/trail?type=aws')
    const top = await page.getByRole('row').nth(1).innerText()
    await page.getByRole('link', { name: /Older/ }).first().click()
    await expect(page.getByRole('link', { name: /Newer/ }).first()).toBeVisible()
    await page.getByRole('link', { name: /Older/ }).first().click()
    await expect(page.getByRole('row')).toHaveCount(4)
    await page.getByRole('link', { name: /Newer/ }).first().click()
    await expect(page.getByRole('row')).toHaveCount(51)
    await page.getByRole('link', { name: /Newer/ }).first().click()
    await expect.poll(() => page.getByRole('row').nth(1).innerText()).toBe(top)
  })

  await test.step('forward them, exactly as filtered', async () => {
    await addDestination(page)
    const closed = await fetch(`${spoor.url}/api/cron/deliver`, { method: 'POST' })
    expect(closed.status).toBe(401)
    await spoor.runCron('seal')
    expect(await spoor.runCron('deliver')).toMatchObject({ events: 98, failed: 0 })
    const arrived = receiver.received.flatMap(({ body }) => JSON.parse(body))
    const expected = EVENTS.filter(({ level }) => level === 'info').map(({ externalRef }) => externalRef)
    expect(arrived.map(({ externalRef }) => externalRef)).toEqual(expected)
    expect(receiver.received.every(({ headers }) => headers['x-api-key'] === API_KEY)).toBe(true)
  })

  await test.step('the statistics say so, and the key is shown nowhere', async () => {
    await page.reload()
    await expect(page.getByText('Events sent').locator('xpath=following::*[1]')).toHaveText('98')
    expect(await page.content()).not.toContain(API_KEY)
    await page.goto('/acme/forwarding')
    await expect(page.getByRole('row', { name: /127\.0\.0\.1/ })).toContainText('98')
  })

  await test.step('TEST shows what the receiver said', async () => {
    receiver.answer(answerWith(403, 'no such key'))
    await page
      .getByRole('row', { name: /127\.0\.0\.1/ })
      .getByRole('link')
      .first()
      .click()
    await page.getByRole('button', { name: /test/i }).click()
    const answer = page.locator('figure', { hasText: 'The receiver’s answer' })
    await expect(answer).toContainText('no such key')
    await expect(answer).toBeVisible()
  })

  await test.step('what was done in the console stands in the trail', async () => {
    await page.goto('/acme/trail?type=admin&type=account&type=forwarding')
    for (const words of [/API token ci/, /destination/i, /Ada|signed up|workspace/i])
      await expect(page.getByRole('row', { name: words }).first()).toBeVisible()
  })
  expect(problems).toEqual([])
})
