import { readFileSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { runScript } from './fixtures/operator'
import type { SpoorServer } from './fixtures/spoor-server'
import { expect, test } from './fixtures/test'

const SLUG = 'ledger-shire'
const LEDGER = `/${SLUG}/ledger`
const PEDROS_SID = 'S-1-5-21-4020993649-1037605423-417876593-1104'
const read = (name: string) => readFileSync(new URL(`./data/ledger/${name}`, import.meta.url), 'utf8')

const group = { type: 'group', name: 'Domain Admins', parent: 'THESHIRE' }
const EVENTS = [
  ...Array.from({ length: 5 }, (_, at) => ({
    actor: { login: 'wardog', repository: 'THESHIRE' },
    action: 'modified',
    message: `policy ${at} was changed`,
  })),
  // Windows writes the domain in capitals or not, and some events have nothing but a SID.
  { actor: { login: 'PGUSTAVO', repository: 'theshire' }, action: 'signed in', message: 'a session began' },
  { actor: { id: PEDROS_SID }, action: 'added', targets: [group], message: 'a member was added' },
  { actor: { login: 'rsmith', repository: 'THESHIRE' }, action: 'read', message: 'a file was read' },
  { actor: { login: 'rsmith', repository: 'THESHIRE' }, action: 'read', message: 'another was read' },
].map((event, at) => ({
  type: 'securityadmin',
  level: 'info',
  externalRef: String(at),
  dataSource: 'dc',
  ...event,
}))

async function signUp(page: Page): Promise<void> {
  await page.goto('/sign-up')
  await page.getByLabel('Your name').fill('Samwise Gamgee')
  await page.getByLabel('E-mail address').fill('sam@ledger-shire.example')
  await page.getByLabel('Password', { exact: true }).fill('a long enough password')
  await page.getByLabel('Workspace name').fill(SLUG)
  await page.getByRole('button', { name: 'Create workspace' }).click()
  await expect(page).toHaveURL(`/${SLUG}/trail`)
}

async function sendEvents({ url, dataDir }: SpoorServer): Promise<void> {
  const made = await runScript(dataDir, 'admin', [
    ...['token', 'create', '--tenant', SLUG, '--name', 'domain controller', '--scope', 'events:write'],
  ])
  const { token } = JSON.parse(made)
  const response = await fetch(`${url}/api/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ events: EVENTS }),
  })
  expect(response.status).toBe(201)
}

/** Hands a file over as far as the page that says what would change. */
async function preview(
  page: Page,
  type: string,
  name: string,
  content: string,
  isFull = false,
): Promise<void> {
  await page.goto(`${LEDGER}/imports/new?type=${type}`)
  const file = { name, mimeType: 'text/csv', buffer: Buffer.from(content) }
  await page.getByLabel('File', { exact: true }).setInputFiles(file)
  await expect(page.getByText(`${name} is chosen`)).toBeVisible()
  if (isFull) await page.getByRole('radio', { name: /^Every one/ }).check()
  await page.getByRole('button', { name: 'Show what would change' }).click()
}

async function importFile(page: Page, type: string, name: string, added: number): Promise<void> {
  await preview(page, type, name, read(name))
  await expect(page).toHaveURL(/\/imports\/[0-9a-f-]{36}$/)
  await expect(figure(page, 'added')).toHaveText(String(added))
  await page.getByRole('button', { name: 'Apply import' }).click()
  await expect(page.getByText('applied', { exact: true })).toBeVisible()
}

const figure = (page: Page, words: string) =>
  page.locator('dt', { hasText: new RegExp(`^${words}$`) }).locator('xpath=following-sibling::dd[1]')

const rowOf = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text })

test('names of the ledger stand in the trail, and go again with what they came from', async ({
  page,
  spoor,
}) => {
  test.setTimeout(300_000)
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => {
    // What Playwright itself puts into each frame may not run.
    if (message.type() === 'error' && !/about:srcdoc/.test(message.text())) problems.push(message.text())
  })
  const lookFor = async (what: string) => {
    // While one fades away, its words have too little contrast.
    await expect(page.locator('[data-toast]')).toHaveCount(0)
    const { violations } = await new AxeBuilder({ page }).analyze()
    for (const { id, nodes } of violations) problems.push(`${what}: ${id} ${nodes[0]?.html}`)
    const size = page.viewportSize()
    await page.setViewportSize({ width: 390, height: 844 })
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    if (wider > 0) problems.push(`${what}: ${wider} px wider than a phone`)
    if (size) await page.setViewportSize(size)
  }
  await signUp(page)

  await test.step('an empty ledger says what leads to names', async () => {
    await page.getByRole('navigation', { name: 'Workspace' }).getByRole('link', { name: 'Ledger' }).click()
    await expect(page.getByText('Nobody is known by name yet')).toBeVisible()
    await lookFor('empty ledger')
  })

  await test.step('a file with mistakes is refused by line and column', async () => {
    await preview(page, 'account', 'broken.csv', 'login;repository;valid_from\nwardog;THESHIRE;yesterday\n')
    const problem = page.getByRole('region', { name: 'Problems' }).getByRole('row').last()
    await expect(problem).toContainText('2')
    await expect(problem).toContainText('valid_from')
    await lookFor('refused file')
  })

  await test.step('the four files', async () => {
    await importFile(page, 'organisation', 'organisations.csv', 3)
    await importFile(page, 'identity', 'identities.csv', 3)
    await importFile(page, 'account', 'accounts.csv', 5)
    await importFile(page, 'group', 'groups.csv', 3)
    await page.goto(`${LEDGER}/imports`)
    await expect(page.getByRole('table').getByText('applied')).toHaveCount(4)
    await lookFor('imports')
  })

  await test.step('events that come are shown by name, with what they say behind it', async () => {
    await sendEvents(spoor)
    await spoor.runCron('match')
    await page.goto(`/${SLUG}/trail?type=securityadmin`)
    await expect(rowOf(page, 'policy 4 was changed')).toContainText('Walter Ardog')
    await expect(rowOf(page, 'policy 4 was changed')).toContainText('in the event: wardog in THESHIRE')
    await expect(rowOf(page, 'a session began')).toContainText('Pedro Gustavo')
    await expect(rowOf(page, 'a member was added')).toContainText('Pedro Gustavo')
    await expect(rowOf(page, 'a member was added')).toContainText('Domain administrators')
    await expect(rowOf(page, 'a file was read')).toContainText('rsmith')
    const organisations = page.getByRole('group').filter({ hasText: 'Organisation' })
    await expect(organisations.getByText('IT Operations').first()).toBeVisible()
  })

  await test.step('a person’s page has what they are, what they did, and leads on', async () => {
    await page.goto(`${LEDGER}?type=identity`)
    await page.getByLabel('Search the ledger').fill('pedro')
    await expect(page.getByRole('table').getByRole('row')).toHaveCount(2)
    await page.getByRole('link', { name: 'Pedro Gustavo' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Pedro Gustavo')
    await expect(page.getByRole('link', { name: 'Sales' })).toBeVisible()
    await expect(page.getByRole('region', { name: 'What events call it' })).toContainText(PEDROS_SID)
    const events = page.locator('#trail-events')
    await expect(events).toContainText('a member was added')
    await expect(events).toContainText('a session began')
    await expect(events).not.toContainText('policy')
    await lookFor('person')
    await page.getByRole('link', { name: /^Sign-ins/ }).click()
    await expect(events).not.toContainText('a member was added')
    await expect(events).toContainText('a session began')
    await page.getByRole('link', { name: 'In the trail' }).click()
    await expect(page).toHaveURL(/actorEntity=identity%3Apgustavo/)
    await expect(rowOf(page, 'a member was added')).toBeVisible()
    await expect(rowOf(page, 'policy 4 was changed')).toHaveCount(0)
  })

  await test.step('a removed account takes its names with it, and no others', async () => {
    await page.goto(`${LEDGER}?type=account&q=wardog`)
    await page.getByRole('link', { name: 'wardog (domain administrator)' }).click()
    await page.getByRole('button', { name: 'Remove' }).click()
    await page.getByRole('button', { name: 'Remove entity' }).click()
    await expect(page).toHaveURL(LEDGER)
    await spoor.runCron('match')
    await page.goto(`/${SLUG}/trail?type=securityadmin`)
    await expect(rowOf(page, 'policy 4 was changed')).toContainText('wardog')
    await expect(rowOf(page, 'policy 4 was changed')).not.toContainText('Walter Ardog')
    await expect(rowOf(page, 'a session began')).toContainText('Pedro Gustavo')
  })

  await test.step('what the ledger lacks stands in the work list, until its account is made there', async () => {
    await page.goto(`${LEDGER}/unmatched`)
    await expect(rowOf(page, 'wardog')).toBeVisible()
    const names = await page
      .getByRole('row')
      .filter({ hasText: /wardog|rsmith/ })
      .allTextContents()
    expect(names.map((name) => name.slice(0, 6))).toEqual(['wardog', 'rsmith'])
    await expect(rowOf(page, 'rsmith')).toContainText('domain controller')
    await lookFor('unmatched')
    await rowOf(page, 'wardog').getByRole('link', { name: 'Create account here' }).click()
    await expect(page.getByLabel('Value of login')).toHaveValue('wardog')
    await page.getByRole('link', { name: 'Walter Ardog' }).click()
    await expect(page.getByRole('button', { name: /^Remove Walter|^Remove wardog/ })).toBeVisible()
    await lookFor('new account')
    await page.getByRole('button', { name: 'Add account' }).click()
    await expect(page.getByText('It is in the ledger')).toBeVisible()
    await spoor.runCron('match')
    await page.goto(`${LEDGER}/unmatched`)
    await expect(rowOf(page, 'rsmith')).toBeVisible()
    await expect(rowOf(page, 'wardog')).toHaveCount(0)
    await page.goto(`/${SLUG}/trail?type=securityadmin`)
    await expect(rowOf(page, 'policy 4 was changed')).toContainText('Walter Ardog')
  })

  await test.step('a replacement that would remove more than a tenth asks for the number', async () => {
    const accounts = read('accounts.csv').split('\n').slice(0, 3).join('\n')
    await preview(page, 'account', 'accounts.csv', accounts, true)
    await expect(page.getByText(/3 accounts of 5 would go/)).toBeVisible()
    await lookFor('asking import')
    await page.getByRole('button', { name: 'Apply import' }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByRole('button', { name: 'Apply import' })).toBeDisabled()
    await dialog.getByRole('textbox').fill('3')
    await dialog.getByRole('button', { name: 'Apply import' }).click()
    await expect(page.getByText('applied', { exact: true })).toBeVisible()
    await page.goto(`${LEDGER}?type=account`)
    await expect(page.getByRole('table').getByRole('row')).toHaveCount(3)
  })
  expect(problems).toEqual([])
})
