import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import type { SpoorServer } from './fixtures/spoor-server'
import { expect, test } from './fixtures/test'

const data = (name: string) => readFileSync(new URL(`./data/windows-security/${name}`, import.meta.url))
const ROWS = gunzipSync(data('security.csv.gz')).toString('utf8').trim().split('\n')
const [HEADER = '', ...EVENTS] = ROWS
const SLUG = 'theshire'
const SILO = `/${SLUG}/collection/silos/windows-security`

/** Rows of event ids that no file had yet: each has a record number of its own. */
function laterRows(...ids: string[]): string {
  const rows = EVENTS.filter((row) => ids.includes(row.split(';')[0] ?? ''))
  const later = rows.map((row) => row.replace(/^(\d+;\d+;)(\d+)/, (_, start, record) => `${start}9${record}`))
  return [HEADER, ...later].join('\r\n')
}

const file = (name: string, content: string) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(content),
})

async function signUp(page: Page): Promise<void> {
  await page.goto('/sign-up')
  await page.getByLabel('Your name').fill('Frodo Baggins')
  await page.getByLabel('E-mail address').fill('frodo@theshire.example')
  await page.getByLabel('Password', { exact: true }).fill('a long enough password')
  await page.getByLabel('Workspace name').fill(SLUG)
  await page.getByRole('button', { name: 'Create workspace' }).click()
  await expect(page).toHaveURL(`/${SLUG}/trail`)
}

/** The scheduler of the tests' server is off: what was asked for is done by the cron route. */
async function collect(page: Page, spoor: SpoorServer): Promise<void> {
  await expect(page.getByRole('region', { name: 'Progress' })).toBeVisible()
  await spoor.runCron('collect')
  await expect(page.getByRole('region', { name: 'Progress' })).toBeHidden({ timeout: 30_000 })
}

async function hand(page: Page, name: string, content: string, ends: RegExp): Promise<void> {
  await page.getByLabel('Files to hand over').setInputFiles(file(name, content))
  const sent = page.getByRole('region', { name: 'Hand over files' }).getByRole('listitem').last()
  await expect(sent).toContainText(name)
  await expect(sent.getByText(ends)).toBeVisible({ timeout: 30_000 })
}

const figure = (page: Page, words: string) =>
  page.locator('dt', { hasText: new RegExp(`^${words}$`) }).locator('xpath=following-sibling::dd[1]')

/** Opens a table's file in the grid and saves it. */
async function addTable(page: Page, kind: string, name: string, content: string): Promise<void> {
  await page.goto(`/${SLUG}/collection/tables/new?kind=${kind}`)
  await page.getByLabel('CSV file', { exact: true }).setInputFiles(file(`${name}.csv`, content))
  await expect(page.getByRole('grid')).toBeVisible()
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByRole('button', { name: 'Add table' }).click()
  await expect(page).toHaveURL(/\/tables\/[0-9a-f-]{36}$/)
}

/** Imports a file over the mapping, which makes a version. */
async function changeMapping(page: Page, content: string): Promise<void> {
  await page.goto(`/${SLUG}/collection/tables`)
  await page.getByRole('link', { name: 'Windows mapping' }).click()
  await page.getByLabel('CSV file to import').setInputFiles(file('mapping.csv', content))
  await expect(page.getByText(/^Not saved yet/)).toBeVisible()
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByText(/^Version \d of Windows mapping is saved$/)).toBeVisible()
}

test('files become events: tables, line, silo, upload, dry run, run, and a mapping that is mended', async ({
  page,
  spoor,
}) => {
  test.setTimeout(420_000)
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => {
    // What Playwright itself puts into each frame may not run, and a refused upload is one on purpose.
    const isExpected = /Blocked script execution in 'about:srcdoc'|status of 400/.test(message.text())
    if (message.type() === 'error' && !isExpected) problems.push(message.text())
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
  const mapping = data('eventmapping.csv').toString('utf8')
  const sections = page.getByRole('navigation', { name: 'Lists of this silo' })
  await signUp(page)

  await test.step('the section says what leads to the first file', async () => {
    await page
      .getByRole('navigation', { name: 'Workspace' })
      .getByRole('link', { name: 'Collection' })
      .click()
    await expect(page.getByText('Nothing is collected from files yet')).toBeVisible()
    await lookFor('no silos')
  })

  await test.step('both tables and the line', async () => {
    await addTable(page, 'properties', 'Windows events', data('eventproperties.csv').toString('utf8'))
    await addTable(page, 'mapping', 'Windows mapping', mapping)
    await page.goto(`/${SLUG}/collection/lines/new`)
    await page.getByLabel('Sample file').setInputFiles(file('sample.csv', ROWS.slice(0, 20).join('\n')))
    await expect(page.getByText(/^sample\.csv: \d+ rows/)).toBeVisible()
    await page.getByRole('button', { name: /^Log processing with two files/ }).click()
    await page.getByLabel('Name', { exact: true }).fill('Windows security')
    await page.getByRole('button', { name: 'Add line' }).click()
    await expect(page).toHaveURL(/\/lines\/[0-9a-f-]{36}$/)
  })

  await test.step('a refused silo says what is wrong beside the field, and keeps what was entered', async () => {
    await page.goto(`/${SLUG}/collection/silos/new`)
    await expect(page.getByLabel('Line', { exact: true }).locator('option:checked')).toHaveText(
      'Windows security',
    )
    await page.getByLabel('Name', { exact: true }).fill('Windows Security')
    await page.getByRole('radio', { name: 'S3 prefix' }).check()
    await page.getByLabel('Access key', { exact: true }).fill('AKIA1')
    await page.getByRole('textbox', { name: 'Secret access key' }).fill('hush-hush')
    await page.getByRole('button', { name: 'Create silo' }).click()
    await expect(page.getByLabel('Name', { exact: true })).toHaveAttribute('aria-invalid', 'true')
    await expect(page.getByLabel('Name', { exact: true })).toBeFocused()
    await expect(page.getByLabel('Bucket', { exact: true })).toHaveAttribute('aria-invalid', 'true')
    await expect(page.getByRole('textbox', { name: 'Secret access key' })).toHaveValue('hush-hush')
    await lookFor('refused silo')
    await page.getByRole('radio', { name: 'Upload' }).check()
    await page.getByLabel('Name', { exact: true }).fill('windows-security')
    await page.getByLabel('File names').fill('security*.csv')
    await expect(page.getByRole('listitem').filter({ hasText: 'readme.txt' })).toContainText('left out')
    await page.getByRole('button', { name: 'Create silo' }).click()
    await expect(page).toHaveURL(SILO)
  })

  await test.step('files are taken, known by their content, or refused with the reason', async () => {
    await hand(page, 'notes.txt', 'hello', /takes files that are named like security\*\.csv/)
    await hand(page, 'security.csv', ROWS.join('\n'), /^received$/)
    await expect(page.getByRole('region', { name: 'Files', exact: true })).toContainText(
      'UTF-8, semicolon, 11 columns',
    )
    await hand(
      page,
      'security-again.csv',
      ROWS.join('\n'),
      /The same content is here already, as security\.csv/,
    )
    await lookFor('files')
  })

  await test.step('the dry run shows the events, and stores none', async () => {
    await page.getByRole('link', { name: 'Dry run' }).click()
    await expect(page.getByText('All 6,138 rows of security.csv')).toBeVisible({ timeout: 60_000 })
    await expect(figure(page, 'collected')).toHaveText('6,138')
    const table = page.getByRole('region', { name: 'Events by target names' })
    await expect(table.getByRole('row')).toHaveCount(51)
    await expect(table.getByRole('columnheader', { name: 'whologin' })).toBeVisible()
    await lookFor('dry run')
    await page.getByRole('link', { name: 'As in the trail' }).click()
    await expect(page.getByRole('region', { name: 'Events', exact: true }).getByRole('row')).toHaveCount(51, {
      timeout: 60_000,
    })
    await lookFor('dry run as in the trail')
  })

  await test.step('a run collects every row once', async () => {
    await page.goto(SILO)
    await page.getByRole('button', { name: 'Run now' }).click()
    await expect(page.getByRole('region', { name: 'Progress' })).toContainText('Waits for its turn')
    await lookFor('progress')
    await collect(page, spoor)
    await expect(figure(page, 'rows read')).toHaveText('6,138')
    await expect(figure(page, 'collected')).toHaveText('6,138')
    await sections.getByRole('link', { name: 'Runs' }).click()
    await page.getByRole('region', { name: 'Runs' }).getByRole('link').first().click()
    await expect(page.getByRole('link', { name: 'Windows mapping' })).toBeVisible()
    await expect(page.getByText('version 1').first()).toBeVisible()
    await lookFor('run')
  })

  await test.step('the event stands in the trail, with all its names', async () => {
    await page.goto(`/${SLUG}/trail?code=MS-4720`)
    const row = page.getByRole('row', { name: /A user account was created: backdoor/ })
    await expect(row).toContainText('pgustavo')
    await row
      .getByRole('link', { name: /backdoor$/ })
      .last()
      .click()
    await page.getByRole('link', { name: 'Target names' }).click()
    const value = (name: string) =>
      page.locator('dt', { hasText: new RegExp(`^${name}$`) }).locator('xpath=following-sibling::dd[1]')
    await expect(value('whatoldvalue')).toHaveText('0x0')
    await expect(value('whatnewvalue')).toHaveText('0x15')
    await expect(value('whologin')).toHaveText('pgustavo')
    await expect(value('whorepository')).toHaveText('THESHIRE')
    await expect(value('whatdata')).toContainText('NewUacValue: 0x15')
  })

  await test.step('collecting again adds nothing', async () => {
    await page.goto(SILO)
    await page.getByRole('button', { name: 'More about security.csv' }).click()
    await page.getByRole('menuitem', { name: 'Collect again' }).click()
    await expect(page.getByRole('region', { name: 'Files', exact: true })).toContainText('waits')
    await page.getByRole('button', { name: 'Run now' }).click()
    await collect(page, spoor)
    await expect(figure(page, 'duplicates')).toHaveText('6,138')
    await expect(figure(page, 'collected')).toHaveText('0')
  })

  await test.step('a mistake of the mapping rejects its rows, each with place and reason', async () => {
    await changeMapping(page, mapping.replaceAll(/^(4769;.*?);account;/gm, '$1;acount;'))
    await page.goto(SILO)
    await hand(page, 'security-later.csv', laterRows('4769', '4720'), /^received$/)
    await page.getByRole('button', { name: 'Run now' }).click()
    await collect(page, spoor)
    await expect(figure(page, 'rejected')).toHaveText('5')
    await sections.getByRole('link', { name: 'Rejects' }).click()
    const rejects = page.getByRole('region', { name: 'Rejects' })
    await expect(rejects.getByRole('row')).toHaveCount(6)
    await expect(rejects).toContainText('Did you mean account?')
    await expect(rejects).toContainText('acount')
    await page.getByLabel('Reason', { exact: true }).selectOption({ label: 'target type unknown (5)' })
    await expect(page).toHaveURL(/code=target_type_unknown/)
    await rejects.getByText('The row in the file').first().click()
    await expect(rejects.locator('pre').first()).toContainText('4769;')
    await lookFor('rejects')
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Download CSV' }).click()
    const csv = readFileSync(await (await download).path(), 'utf8')
    expect(csv.trim().split(/\r\n(?=security-later)/)).toHaveLength(6)
  })

  await test.step('mended, the rejects alone are collected', async () => {
    await changeMapping(page, mapping)
    await page.goto(`${SILO}?list=rejects`)
    await page.getByRole('button', { name: 'Collect rejects again' }).click()
    await collect(page, spoor)
    await expect(figure(page, 'rows read')).toHaveText('5')
    await expect(figure(page, 'collected')).toHaveText('5')
    await expect(page.getByText('No rows to mend')).toBeVisible()
    await page.goto(`/${SLUG}/collection`)
    await expect(page.getByRole('row', { name: /windows-security/ })).toContainText('5 collected')
    await lookFor('silos')
  })

  await test.step('a plan collects silos by the clock, or when somebody says so', async () => {
    await page.goto(`/${SLUG}/collection/plans/new`)
    await page.getByLabel('Name', { exact: true }).fill('Every night')
    await page.getByLabel('Add a silo').selectOption('windows-security')
    await page.getByRole('button', { name: 'Daily' }).click()
    await expect(page.getByRole('list', { name: 'Next times' }).getByRole('listitem')).toHaveCount(3)
    await lookFor('new plan')
    await page.getByRole('button', { name: 'Create plan' }).click()
    await expect(page).toHaveURL(/\/plans\/[0-9a-f-]{36}$/)
    await page.getByRole('button', { name: 'Run now' }).click()
    await expect(page.getByText('asked for by frodo@theshire.example')).toBeVisible()
    await spoor.runCron('collect')
    await expect(page.getByRole('region', { name: 'Runs' })).toContainText('finished')
    await lookFor('plan')
  })
  expect(problems).toEqual([])
})
