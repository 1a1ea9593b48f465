import type { Page } from '@playwright/test'
import { runScript } from './fixtures/operator'
import type { SpoorServer } from './fixtures/spoor-server'
import { expect, test } from './fixtures/test'

const HOUR_MS = 3_600_000
const COUNT = 120
/** A whole hour, so that steps of the histogram begin with it. */
const LAST_MS = Math.floor(Date.now() / HOUR_MS) * HOUR_MS

/** An event an hour; every third by alice, the others by bob; every tenth a failure. */
const EVENTS = Array.from({ length: COUNT }, (_, index) => ({
  type: index % 2 ? 'account' : 'admin',
  action: 'changed',
  level: index % 10 ? 'info' : 'error',
  status: index % 10 ? 'success' : 'fail',
  actor: { login: index % 3 ? 'bob' : 'alice', sessionId: `session-${index % 5}` },
  targets: [{ type: 'door', name: `door ${index}` }],
  message: `door ${index} was changed`,
  occurredAt: new Date(LAST_MS - (COUNT - index) * HOUR_MS).toISOString(),
  data: { request: { id: index } },
}))

async function signUp(page: Page): Promise<void> {
  await page.goto('/sign-up')
  await page.getByLabel('Your name').fill('Ada Lovelace')
  await page.getByLabel('E-mail address').fill('ada@doors.example')
  await page.getByLabel('Password', { exact: true }).fill('a long enough password')
  await page.getByLabel('Workspace name').fill('Doors')
  await page.getByRole('button', { name: 'Create workspace' }).click()
  await expect(page).toHaveURL(/\/doors\/trail$/)
}

async function makeSender({ url, dataDir }: SpoorServer): Promise<(events: object[]) => Promise<void>> {
  const scope = ['--scope', 'events:write']
  const made = await runScript(dataDir, 'admin', [
    'token',
    'create',
    '--tenant',
    'doors',
    '--name',
    'ci',
    ...scope,
  ])
  const { token } = JSON.parse(made)
  return async (events) => {
    const response = await fetch(`${url}/api/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ events }),
    })
    expect(response.status).toBe(201)
  }
}

const rows = (page: Page) => page.locator('tbody tr')
const chips = (page: Page) => page.getByRole('list', { name: 'Active filters' }).getByRole('listitem')
const total = (page: Page) => page.getByRole('region', { name: 'Overview' }).getByRole('status')
const facet = (page: Page, name: string) =>
  page.getByRole('complementary', { name: 'Facets' }).getByRole('link', { name: new RegExp(`^${name}`) })
const valueIn = (page: Page, name: string, value: string) =>
  page.locator(`td a[data-name="${name}"]`, { hasText: value }).first()

test('the trail page finds, counts, narrows and follows', async ({ page, spoor }) => {
  test.setTimeout(180_000)
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
  await page.setViewportSize({ width: 1440, height: 900 })
  await signUp(page)
  const send = await makeSender(spoor)
  await send(EVENTS)
  const home = '/doors/trail?targetType=door'

  await test.step('counts exactly, and a click on a value includes or excludes it', async () => {
    await page.goto(home)
    await expect(total(page)).toHaveText('120 events')
    await valueIn(page, 'actor', 'alice').click()
    await expect(page).toHaveURL(/actor=alice/)
    await expect(total(page)).toHaveText('40 events')
    await expect(rows(page)).toHaveCount(40)
    await valueIn(page, 'level', 'error').click({ modifiers: ['Alt'] })
    await expect(page).toHaveURL(/level=%21error/)
    await expect(total(page)).toHaveText('36 events')
    await valueIn(page, 'type', 'admin').hover()
    await page.getByRole('button', { name: 'Without admin' }).click()
    await expect(page).toHaveURL(/type=%21admin/)
    await expect(total(page)).toHaveText('20 events')
  })

  await test.step('going back restores each view', async () => {
    await page.goBack()
    await expect(total(page)).toHaveText('36 events')
    await expect(rows(page)).toHaveCount(36)
    await page.goBack()
    await expect(chips(page).filter({ hasText: 'Level' })).toHaveCount(0)
    await expect(rows(page)).toHaveCount(40)
  })

  await test.step('a chip turns its filter around, and takes it off', async () => {
    await chips(page).filter({ hasText: 'Actor' }).getByRole('link', { name: 'is', exact: true }).click()
    await expect(page).toHaveURL(/actor=%21alice/)
    await expect(total(page)).toHaveText('80 events')
    await page.getByRole('link', { name: 'Remove Actor is not alice' }).click()
    await expect(total(page)).toHaveText('120 events')
  })

  await test.step('facets count the alternatives, include and exclude', async () => {
    await expect(facet(page, 'alice')).toContainText('40')
    await facet(page, 'bob').click()
    await expect(page).toHaveURL(/actor=bob/)
    await expect(facet(page, 'bob')).toHaveAttribute('aria-current', 'true')
    await expect(facet(page, 'alice')).toContainText('40')
    await facet(page, 'Without error').click()
    await expect(page).toHaveURL(/level=%21error/)
    await expect(total(page)).toHaveText('72 events')
  })

  await test.step('fields inside the event and networks can be typed, wanted or not', async () => {
    await page.goto(home)
    await page.locator('summary', { hasText: 'Field' }).click()
    await page.getByLabel('Path').fill('request.id')
    await page.getByLabel('Value').fill('7')
    await page.getByLabel('Value').press('Enter')
    await expect(page).toHaveURL(/data\.request\.id=7/)
    await expect(total(page)).toHaveText('1 event')
    await page.getByRole('link', { name: 'is', exact: true }).last().click()
    await expect(total(page)).toHaveText('119 events')
    await page.locator('summary', { hasText: 'More' }).click()
    await page.getByRole('textbox', { name: 'Session' }).fill('session-1')
    await page.locator('button[name="not"][value="session"]').click()
    await expect(page).toHaveURL(/session=%21session-1/)
    await expect(total(page)).toHaveText('95 events')
  })

  await test.step('the histogram zooms: by dragging, by a bar, by keyboard', async () => {
    await page.goto(home)
    const plot = page.getByRole('group', { name: /Events over time/ })
    const bars = plot.getByRole('link')
    await expect(bars.nth(3)).toHaveAccessibleName(/2\d{3}-\d\d-\d\d .* UTC: \d+ events?/)
    const box = await plot.boundingBox()
    if (!box) throw new Error('The histogram has no place on the page.')
    await page.mouse.move(box.x + box.width * 0.3, box.y + 30)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * 0.6, box.y + 30, { steps: 4 })
    await page.mouse.up()
    await expect(page).toHaveURL(/from=.*&to=/)
    const isFewer = async (than: number) =>
      expect.poll(async () => Number.parseInt(await total(page).innerText(), 10)).toBeLessThan(than)
    await isFewer(60)
    await page.getByRole('link', { name: 'Zoom out' }).click()
    await expect(page).toHaveURL(/from=.*&to=/)
    await page.goto(home)
    await bars.nth(2).click()
    await isFewer(20)
    await page.goto(home)
    await bars.nth(1).focus()
    await page.keyboard.press('Shift+ArrowRight')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/from=.*&to=/)
    await isFewer(30)
  })

  await test.step('keys: search, move, open, leave, list', async () => {
    await page.goto(home)
    await page.keyboard.press('/')
    await expect(page.locator('#trail-search')).toBeFocused()
    await page.keyboard.type('j/k?')
    await page.keyboard.press('Escape')
    await expect(page.locator('#trail-search')).not.toBeFocused()
    await expect(page.locator('#trail-search')).toHaveValue('')
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await expect(rows(page).nth(1).locator('[data-row-link]')).toBeFocused()
    await page.keyboard.press('k')
    await expect(rows(page).first().locator('[data-row-link]')).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(rows(page).first().locator('[data-row-link]')).not.toBeFocused()
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await page.keyboard.press('j')
    await page.keyboard.press('ArrowLeft')
    await expect(valueIn(page, 'target', 'door 119')).toBeFocused()
    await page.keyboard.press('-')
    await expect(page).toHaveURL(/target=%21door\+119/)
    await page.goBack()
    await expect(rows(page).first()).toContainText('door 119')
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await expect(page.getByText(/Link copied|does not let pages copy/)).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/\/doors\/trail\/[0-9a-f-]{36}/)
    await expect(page.getByRole('heading', { level: 1 })).toContainText('door 119')
    // The toast still stands there: it takes no key.
    await page.keyboard.press('Escape')
    await expect(page).toHaveURL(/\/doors\/trail\?targetType=door/)
  })

  await test.step('columns and density are kept; an address may bring its own', async () => {
    await page.goto(home)
    await page.locator('summary', { hasText: 'Display' }).click()
    await page.getByRole('checkbox', { name: 'Session' }).check()
    await expect(page.getByRole('columnheader', { name: 'Session' })).toBeVisible()
    await page.getByRole('checkbox', { name: 'Status' }).uncheck()
    await expect(page.getByRole('columnheader', { name: 'Status' })).toHaveCount(0)
    const height = async () => (await rows(page).first().boundingBox())?.height ?? 0
    const comfortable = await height()
    await page.getByRole('radio', { name: 'Compact' }).check()
    await expect.poll(height).toBeLessThan(comfortable)
    await page.reload()
    await expect(page.getByRole('columnheader', { name: 'Session' })).toBeVisible()
    await expect(page.getByRole('columnheader', { name: 'Status' })).toHaveCount(0)
    expect(await height()).toBeLessThan(comfortable)
    await page.goto(`${home}&columns=type,seq`)
    await expect(page.getByRole('columnheader')).toHaveText(['Type', 'Event', 'Seq'])
  })

  await test.step('live: what happens now appears by itself, and waits for who reads', async () => {
    await page.goto(home)
    await page.getByRole('link', { name: 'Live' }).click()
    await expect(page).toHaveURL(/live=1/)
    await expect(page.getByText('Live: new events appear here')).toBeVisible()
    const door = (name: string) => ({ type: 'admin', action: 'opened', targets: [{ type: 'door', name }] })
    await send([door('door new'), { ...door('window'), targets: [{ type: 'window', name: 'window' }] }])
    await expect(rows(page).first()).toContainText('door new')
    await expect(page.getByRole('cell', { name: 'window' })).toHaveCount(0)
    await page.keyboard.press('j')
    await send([door('door later')])
    const button = page.getByRole('button', { name: '1 new event' })
    await expect(button).toBeVisible()
    await expect(rows(page).first()).toContainText('door new')
    await button.click()
    await expect(rows(page).first()).toContainText('door later')
  })

  await test.step('a page further back stands still and leads back', async () => {
    await page.goto(home)
    await page.getByRole('link', { name: 'Older' }).click()
    await expect(page).toHaveURL(/cursor=/)
    await expect(total(page)).toHaveText('122 events')
    await page.getByRole('link', { name: 'Newer' }).click()
    await expect(rows(page).first()).toContainText('door later')
  })
  expect(problems).toEqual([])
})
