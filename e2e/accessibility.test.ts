import AxeBuilder from '@axe-core/playwright'
import { runScript } from './fixtures/operator'
import { expect, test } from './fixtures/test'

const OPEN_PAGES = ['/sign-up', '/sign-in', '/docs/api']
const PAGES = [
  '/trail',
  '/trail?q=nothing-has-this',
  '/trail?ip=no-address',
  '/trail?type=aws&actor=!nobody&data.eventID=!x&minLevel=info&from=2000-01-01T00:00:00Z&density=compact',
  '/trail?type=aws&live=1&columns=time,received,level,code,identity,session,dataSource,seq,origin',
  '/forwarding',
  '/forwarding/new',
  '/forwarding/new?kind=http',
  '/forwarding/new?kind=s3',
  '/channels',
  '/channels/new?preset=failed-sign-ins',
  '/channels/new?kind=webhook',
  '/collection',
  '/collection/silos/new',
  '/collection/plans/new',
  '/collection/runs',
  '/collection/tables',
  '/collection/tables/new',
  '/collection/tables/new?kind=mapping',
  '/collection/lines',
  '/collection/lines/new',
  '/ledger',
  '/ledger/entities/new',
  '/ledger/entities/new?type=account&login=jdoe&repository=CORP&back=unmatched',
  '/ledger/imports',
  '/ledger/imports/new',
  '/ledger/unmatched',
  '/ledger/rules',
  '/ledger/rules/new',
  '/ledger/policies',
  '/ledger/policies/new',
  '/ledger/sources',
  '/ledger/test',
  '/integrity',
  '/settings/tokens',
  '/settings/sessions',
  '/settings/workspace',
  '/settings/retention',
  '/settings/integrity',
]
const PHONE = { width: 390, height: 844 }

test('axe finds nothing on any page, in light and dark, wide and narrow', async ({ page, spoor }) => {
  // Three seconds a page, colour and width where nothing else runs; four times that beside other work.
  test.setTimeout(1_200_000)

  const violations: string[] = []
  const check = async (what: string) => {
    const found = await new AxeBuilder({ page }).analyze()
    for (const { id, nodes } of found.violations) violations.push(`${what}: ${id} ${nodes[0]?.html}`)
  }
  const look = async (path: string) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await page.goto(path)
      await check(`${path} ${colorScheme}`)
    }
  }
  for (const path of OPEN_PAGES) await look(path)

  await page.goto('/sign-up')
  await page.getByLabel('Your name').fill('Grace Hopper')
  await page.getByLabel('E-mail address').fill('grace@example.org')
  await page.getByLabel('Password', { exact: true }).fill('a long enough password')
  await page.getByLabel('Workspace name').fill('First Steps')
  await page.getByRole('button', { name: 'Create workspace' }).click()
  await expect(page).toHaveURL(/\/first-steps\/trail$/)
  await look('/first-steps/trail?type=none')
  await runScript(spoor.dataDir, 'sample', ['e2e/data/aws-cloudtrail.ndjson', '--tenant', 'first-steps'])
  for (const path of PAGES) await look(`/first-steps${path}`)
  await page.goto('/first-steps/trail?type=aws')
  const event = (await page.locator('table a[href*="/trail/"]').first().getAttribute('href')) ?? ''
  await look(event)
  await page.goto('/first-steps/trail')
  await page.keyboard.press('?')
  await check('keyboard shortcuts')
  await page.keyboard.press('Escape')
  for (const name of ['Saved views', 'Account of Grace Hopper']) {
    await page.getByRole('button', { name }).click()
    await expect(page.getByRole('menu')).toBeVisible()
    await check(`menu ${name}`)
    await page.keyboard.press('Escape')
  }
  await page.getByRole('button', { name: 'Export' }).click()
  await check('export')
  await page.setViewportSize(PHONE)
  await page.goto('/first-steps/trail')
  await page.getByRole('button', { name: 'Facets' }).click()
  await check('drawer of facets')
  for (const path of [
    event,
    '/first-steps/trail',
    '/first-steps/forwarding/new',
    '/first-steps/forwarding/new?kind=http',
    '/first-steps/channels',
    '/first-steps/channels/new?kind=webhook',
  ])
    await look(path)
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)
  expect(violations).toEqual([])
})
