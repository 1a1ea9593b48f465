import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { runScript } from './fixtures/operator'
import type { SpoorServer } from './fixtures/spoor-server'
import { expect, test } from './fixtures/test'

const SLUG = 'shire-rules'
const LEDGER = `/${SLUG}/ledger`

async function signUp(page: Page): Promise<void> {
  await page.goto('/sign-up')
  await page.getByLabel('Your name').fill('Rosie Cotton')
  await page.getByLabel('E-mail address').fill(`rosie@${SLUG}.example`)
  await page.getByLabel('Password', { exact: true }).fill('a long enough password')
  await page.getByLabel('Workspace name').fill(SLUG)
  await page.getByRole('button', { name: 'Create workspace' }).click()
  await expect(page).toHaveURL(`/${SLUG}/trail`)
}

async function loadLedger({ dataDir }: SpoorServer): Promise<void> {
  for (const [type, file] of [
    ['organisation', 'organisations'],
    ['identity', 'identities'],
    ['account', 'accounts'],
  ] as const) {
    const args = ['ledger', 'import', type, `e2e/data/ledger/${file}.csv`, '--tenant', SLUG, '--full']
    await runScript(dataDir, 'admin', args)
  }
}

async function createToken({ dataDir }: SpoorServer): Promise<string> {
  const args = ['token', 'create', '--tenant', SLUG, '--name', 'domain-controller', '--scope', 'events:write']
  return JSON.parse(await runScript(dataDir, 'admin', args)).token
}

const testBox = (page: Page): Locator => page.getByRole('region', { name: 'Test' })
const comparison = (page: Page, number: number): Locator =>
  page.getByRole('group', { name: `Comparison ${number}` })

/** Editors with their mistakes are not among the pages that axe looks at elsewhere. */
async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([])
}

test('a rule and a policy that somebody writes give the names in the trail, and each name says why', async ({
  page,
  request,
  spoor,
}) => {
  test.setTimeout(240_000)
  await signUp(page)
  await loadLedger(spoor)
  const token = await createToken(spoor)

  await test.step('a rule: its mistake stands at its field, and beside it whom it finds', async () => {
    await page.goto(`${LEDGER}/rules/new`)
    await page.getByLabel('Name', { exact: true }).fill('Login behind the domain')
    await comparison(page, 1).getByLabel('only a part of what the event says').check()
    const pattern = comparison(page, 1).getByLabel('Pattern of comparison 1', { exact: true })
    await pattern.fill('^THESHIRE\\\\(.+')
    await expect(comparison(page, 1).getByText(/bracket/)).toBeVisible()
    await expect(pattern).toHaveAttribute('aria-invalid', 'true')
    await expectAccessible(page)
    await pattern.fill('^THESHIRE\\\\(.+)$')
    await expect(pattern).not.toHaveAttribute('aria-invalid')
    await comparison(page, 1).getByLabel('Try the pattern of comparison 1').fill('THESHIRE\\wardog')
    await expect(comparison(page, 1).getByText('It takes “wardog”.')).toBeVisible()

    await testBox(page).getByLabel('#1 Login').fill('THESHIRE\\WARDOG')
    // The account is shown by its person's name, and the person beside it.
    await expect(testBox(page).getByRole('link', { name: 'Walter Ardog' })).toHaveCount(2)
    await expect(testBox(page).getByText(/^login is /)).toBeVisible()
    await testBox(page).getByLabel('#1 Login').fill('wardog')
    await expect(testBox(page).getByText('finds nobody')).toBeVisible()
    await page.getByRole('button', { name: 'Add rule' }).click()
    await expect(page.getByText('Version 1 of Login behind the domain is saved')).toBeVisible()
    await expect(page).toHaveURL(/\/rules\/[0-9a-f-]{36}$/)
  })

  await test.step('another version: what changed, and back', async () => {
    await page.getByRole('button', { name: 'Add comparison' }).click()
    await comparison(page, 2).getByLabel('Kind of comparison 2').selectOption('Only if the entity')
    await comparison(page, 2).getByLabel('Attribute of comparison 2').fill('repository')
    await comparison(page, 2).getByLabel('Text of comparison 2').fill('ELSEWHERE')
    await page.getByRole('button', { name: 'Save changes' }).click()
    await expect(page.getByText('Version 2 of Login behind the domain is saved')).toBeVisible()
    const rule = new URL(page.url()).pathname
    await page.goto(`${rule}/versions`)
    const changes = page.getByRole('region', { name: 'From version 1 to version 2' })
    await expect(changes.getByText(/ELSEWHERE/)).toBeVisible()
    await page
      .getByRole('row', { name: /Version 1/ })
      .getByRole('button', { name: 'Restore' })
      .click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Restore' }).click()
    await expect(page.getByRole('link', { name: 'Version 3' })).toBeVisible()
  })

  await test.step('a policy: an order, a display, and the whole way of a name', async () => {
    await page.goto(`${LEDGER}/policies/new`)
    await page.getByLabel('Name', { exact: true }).fill('Domain controllers')
    await page.getByRole('button', { name: 'Add entry' }).click()
    await page.getByLabel('Rule of entry 1').selectOption('Account by login and repository')
    await page.getByRole('button', { name: 'Add entry' }).click()
    await page.getByLabel('Rule of entry 2').selectOption('Login behind the domain')
    await page.getByLabel('Display of entry 2').fill('{person} of {organisation}')
    await testBox(page).getByLabel('#1 Login').fill('THESHIRE\\pgustavo')
    const ways = testBox(page).getByRole('listitem')
    await expect(testBox(page).getByText('Pedro Gustavo of Sales')).toBeVisible()
    await expect(ways.filter({ hasText: 'Account by login and repository' })).toContainText('nothing')
    await page.getByRole('button', { name: 'Move entry 2 up' }).click()
    await expect(page.getByLabel('Rule of entry 1').locator('option:checked')).toHaveText(
      'Login behind the domain',
    )
    await expect(ways.filter({ hasText: 'Account by login and repository' })).toContainText('not tried')
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Add policy' }).click()
    await expect(page.getByText('Version 1 of Domain controllers is saved')).toBeVisible()
  })

  await test.step('the rule cannot be removed now: the policy is named', async () => {
    await page.goto(`${LEDGER}/rules`)
    await page.getByRole('link', { name: 'Login behind the domain' }).click()
    await page.getByRole('button', { name: 'Remove', exact: true }).click()
    await expect(page.getByRole('alertdialog')).toContainText('used by Domain controllers')
    await page.getByRole('button', { name: 'Remove rule' }).click()
    await expect(page.getByRole('alertdialog').getByRole('alert')).toContainText('Domain controllers')
    await page.getByRole('button', { name: 'Cancel' }).click()
  })

  await test.step('a token has the policy, and its events the names', async () => {
    await page.goto(`/${SLUG}/settings/tokens`)
    await page.getByLabel('Policy of Token domain-controller').selectOption('Domain controllers')
    await expect(page.getByText('Token domain-controller has another policy')).toBeVisible()
    const sent = await request.post('/api/v1/events', {
      headers: { authorization: `Bearer ${token}` },
      data: { type: 'account', action: 'signed in', actor: { login: 'THESHIRE\\pgustavo' } },
    })
    expect(sent.ok()).toBe(true)
    await spoor.runCron('match')
    await page.goto(`${LEDGER}/sources`)
    const source = page.getByRole('row', { name: /domain-controller/ })
    await expect(source).toContainText('1 matched')
    await expectAccessible(page)
  })

  await test.step('the trail shows the name, with what the event says, and finds by the person', async () => {
    await page.goto(`/${SLUG}/trail?type=account&action=signed+in`)
    const name = page.getByRole('link', {
      name: /^Pedro Gustavo of Sales \(in the event: THESHIRE\\pgustavo\)/,
    })
    await name.hover()
    await expect(page.getByText('In the event: THESHIRE\\pgustavo').last()).toBeVisible()
    await expectAccessible(page)
    await name.click()
    await expect(page).toHaveURL(/actorEntity=identity%3Apgustavo/)
    const chips = page.getByRole('list', { name: 'Active filters' })
    await expect(chips.getByText('Person', { exact: true })).toBeVisible()
    await expect(chips.getByText('Pedro Gustavo', { exact: true })).toBeVisible()
    await expect(page.getByRole('complementary', { name: 'Facets' }).getByText('Sales')).toBeVisible()
    // What is told beside a name goes with the pointer.
    await page.mouse.move(0, 0)
    await page.locator('[data-row-link]').first().click()
    await expect(page).toHaveURL(/\/trail\/[0-9a-f-]{36}/)
  })

  await test.step('the event says by which rule, and the test page why', async () => {
    const who = page.locator('section', { has: page.getByRole('heading', { name: 'Who' }) })
    await expect(who.getByRole('link', { name: 'Login behind the domain, version 3' })).toBeVisible()
    await expect(who.getByRole('link', { name: 'Domain controllers, version 1' })).toBeVisible()
    await expectAccessible(page)
    await who.getByRole('link', { name: 'Why this name?' }).click()
    await expect(page).toHaveURL(/\/ledger\/test\?/)
    await expect(testBox(page).getByText('Pedro Gustavo of Sales')).toBeVisible()
    await expectAccessible(page)
  })
})
