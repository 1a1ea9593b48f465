import { readFileSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import type { Browser, Page } from '@playwright/test'
import postgres from 'postgres'
import { instancePaths } from '@/scripts/instance'
import { runScript } from './fixtures/operator'
import type { SpoorServer } from './fixtures/spoor-server'
import { expect, test } from './fixtures/test'

const PASSWORD = 'a long enough password'

async function signUp(page: Page, name: string, workspace: string): Promise<void> {
  await page.goto('/sign-up')
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('E-mail address').fill(`${name.toLowerCase()}@views.example`)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByLabel('Workspace name').fill(workspace)
  await page.getByRole('button', { name: 'Create workspace' }).click()
  await expect(page).toHaveURL(/\/trail$/)
}

/** A second person in the workspace, as an invitation will make one. */
async function joinAs(browser: Browser, spoor: SpoorServer, slug: string): Promise<Page> {
  const page = await (await browser.newContext({ baseURL: spoor.url })).newPage()
  await signUp(page, 'Grace', 'Elsewhere')
  const { databaseUrl } = JSON.parse(readFileSync(instancePaths(spoor.dataDir).record, 'utf8'))
  const sql = postgres(databaseUrl, { max: 1 })
  await sql`insert into members (tenant_id, user_id, role) select t.id, u.id, 'member' from tenants t, users u
    where t.slug = ${slug} and u.email = 'grace@views.example'`
  await sql.end()
  return page
}

async function newToken(spoor: SpoorServer, slug: string): Promise<string> {
  const scopes = ['--scope', 'events:write', '--scope', 'events:read']
  const args = ['token', 'create', '--tenant', slug, '--name', 'ci', ...scopes]
  return JSON.parse(await runScript(spoor.dataDir, 'admin', args)).token
}

const policy = (days: number, more = {}) =>
  JSON.stringify({ name: 'retention', rule: { days, unit: 'day' }, ...more })

/** One event with everything, between others of its actor, target and session. */
const CHANGED = {
  type: 'policy',
  action: 'updated',
  level: 'warning',
  message: 'ann changed the retention',
  actor: { login: 'ann', sessionId: 's-1', ip: '203.0.113.9' },
  targets: [
    { type: 'policy', name: 'retention' },
    { type: 'account', name: 'bob' },
  ],
  oldValue: policy(30, { gone: 1 }),
  newValue: policy(90),
  data: { request: { 'trace.id': 'req-17', retries: 3 } },
  custom: { ticket: 'OPS-4711' },
}
const EVENTS = [
  { type: 'relay', action: 'sent', message: 'before', actor: { login: 'bob' } },
  { type: 'policy', action: 'read', message: 'ann looked first', actor: { login: 'ann', sessionId: 's-1' } },
  CHANGED,
  { type: 'relay', action: 'sent', message: 'after', actor: { login: 'bob' } },
  {
    type: 'policy',
    action: 'updated',
    message: 'bob put it back',
    actor: { login: 'bob' },
    targets: [{ name: 'retention' }],
  },
]

type Api = <Result>(path: string, body?: unknown) => Promise<Result>

async function connect(spoor: SpoorServer, slug: string): Promise<Api> {
  const authorization = `Bearer ${await newToken(spoor, slug)}`
  return async (path, body) => {
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
    const headers = { authorization, 'content-type': 'application/json' }
    return (await fetch(`${spoor.url}/api/v1${path}`, { ...init, headers })).json()
  }
}

test('an event by its link: its change, its record as the API gives it, and what surrounds it', async ({
  page,
  spoor,
}) => {
  test.setTimeout(120_000)
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await signUp(page, 'Ada', 'Policies')
  const api = await connect(spoor, 'policies')
  type Created = { results: { id: string; seq: number }[] }
  const { results } = await api<Created>('/events', { events: EVENTS })
  const { id, seq } = results[2] ?? { id: '', seq: 0 }
  const title = page.getByRole('heading', { level: 1 })
  const surroundings = page.locator('section', { has: page.getByRole('heading', { name: 'Surroundings' }) })

  await test.step('its seq leads to it as well as its id, and nothing else does', async () => {
    for (const name of [id, String(seq)]) {
      await page.goto(`/policies/trail/${name}`)
      await expect(title).toHaveText('ann changed the retention')
    }
    for (const name of ['999999999', 'nothing', '00000000-0000-7000-8000-000000000000']) {
      await page.goto(`/policies/trail/${name}`)
      await expect(page.getByRole('heading', { name: 'There is nothing at this address' })).toBeVisible()
    }
  })

  await test.step('the change is compared by members, and told without colours', async () => {
    await page.goto(`/policies/trail/${id}`)
    const change = page.locator('section', {
      has: page.getByRole('heading', { name: 'Change', exact: true }),
    })
    await expect(change).toContainText('1 changed, 1 removed, 2 unchanged.')
    const days = change.getByRole('listitem').filter({ hasText: 'rule.days' })
    await expect(days.getByRole('deletion')).toHaveText('30')
    await expect(days.getByRole('insertion')).toHaveText('90')
    await expect(days).toContainText('removed: ')
  })

  await test.step('what is copied is what the API gives', async () => {
    const json = page.locator('figure', { hasText: 'as the API gives it' })
    await json.getByRole('button', { name: 'Copy' }).click()
    await expect(json.getByRole('button', { name: 'Copied' })).toBeVisible()
    const copied = await page.evaluate(() => navigator.clipboard.readText())
    expect(JSON.stringify(JSON.parse(copied))).toBe(JSON.stringify(await api(`/events/${id}`)))
    await page.getByRole('button', { name: 'Copy link' }).click()
    const clipboard = () => page.evaluate(() => navigator.clipboard.readText())
    await expect.poll(clipboard).toMatch(new RegExp(`/policies/trail/${id}$`))
  })

  await test.step('what is around it, and what shares its actor, target and session', async () => {
    const rows = surroundings.getByRole('listitem')
    await expect(rows.filter({ hasText: /after|bob put|ann |before/ })).toHaveCount(5)
    for (const [tab, words] of [
      ['Same actor', ['ann changed the retention', 'ann looked first']],
      ['Same target', ['bob put it back', 'ann changed the retention']],
      ['Same session', ['ann changed the retention', 'ann looked first']],
    ] as const) {
      await surroundings.getByRole('tab', { name: tab }).click()
      await expect(rows).toHaveText(words.map((sentence) => new RegExp(sentence)))
    }
    await surroundings.getByRole('link', { name: 'All of s-1' }).click()
    await expect(page).toHaveURL(/\/trail\?session=s-1$/)
    await expect(page.getByRole('row')).toHaveCount(3)
  })

  await test.step('a value inside the event leads to all that have it', async () => {
    await page.goto(`/policies/trail/${id}`)
    await page.getByRole('link', { name: '"req-17"' }).click()
    await expect(page.getByRole('row')).toHaveCount(2)
    await page.goto(`/policies/trail/${id}`)
    await page.getByRole('link', { name: 'OPS-4711', exact: true }).click()
    await expect(page.getByRole('row')).toHaveCount(2)
  })

  await test.step('older and newer stay within the view that one came from, by keyboard too', async () => {
    await page.goto('/policies/trail?type=policy')
    await page.getByRole('link', { name: 'ann changed the retention' }).first().click()
    await expect(page).toHaveURL(new RegExp(`/trail/${id}\\?type=policy$`))
    await page.getByRole('link', { name: 'Older' }).click()
    await expect(title).toHaveText('ann looked first')
    // Until the neighbours are known, neither is offered.
    await expect(page.getByRole('link', { name: 'Newer' })).toBeEnabled()
    await expect(page.getByRole('link', { name: 'Older' })).toBeDisabled()
    await page.keyboard.press('k')
    await expect(title).toHaveText('ann changed the retention')
    await page.getByRole('link', { name: 'Newer' }).click()
    await expect(title).toHaveText('bob put it back')
    await expect(page.getByRole('link', { name: 'Older' })).toBeEnabled()
    await page.keyboard.press('j')
    await expect(title).toHaveText('ann changed the retention')
    await page.keyboard.press('Escape')
    await expect(page).toHaveURL(/\/trail\?type=policy$/)
    await expect(page.getByRole('row')).toHaveCount(4)
  })

  await test.step('axe finds nothing on it', async () => {
    await page.goto(`/policies/trail/${id}`)
    await expect(surroundings.getByRole('tab').first()).toBeVisible()
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
    }
  })
  expect(problems).toEqual([])
})

test('a view is saved, opens the trail, is shared, changed and removed', async ({ page, spoor, browser }) => {
  test.setTimeout(120_000)
  await signUp(page, 'Edsger', 'Views')
  const grace = await joinAs(browser, spoor, 'views')
  const menu = (one: Page, name: RegExp) => one.getByRole('main').getByRole('button', { name })
  const choose = async (one: Page, button: RegExp, item: string | RegExp) => {
    await menu(one, button).click()
    await one.getByRole('menuitem', { name: item }).click()
  }
  async function save(name: string, shared: boolean, opens: boolean): Promise<void> {
    await choose(page, /Saved views|Own|Everybody/, /Save as a new view/)
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill(name)
    if (shared) await dialog.getByLabel('Everybody in this workspace').check()
    if (opens) await dialog.getByLabel('Open the trail with it').check()
    await dialog.getByRole('button', { name: 'Save view' }).click()
    await expect(dialog).toBeHidden()
    await expect(menu(page, new RegExp(name))).toBeVisible()
  }

  await test.step('one for oneself that opens the trail, one for everybody', async () => {
    await page.goto('/views/trail?type=admin')
    await save('Own admin', false, true)
    await expect(page).toHaveURL(/\/trail\?view=[0-9a-f-]{36}&type=admin$/)
    await page.goto('/views/trail?type=account&order=asc')
    await save('Everybody signs in', true, false)
  })

  await test.step('the trail opens with the default, and with the whole trail when asked', async () => {
    await page.goto('/views/settings/sessions')
    await page.getByRole('link', { name: 'Trail', exact: true }).click()
    await expect(page).toHaveURL(/view=[0-9a-f-]{36}&type=admin$/)
    await expect(menu(page, /Own admin/)).toBeVisible()
    await page.getByRole('link', { name: 'Clear all' }).click()
    await expect(page).toHaveURL(/\/trail\?view=all$/)
  })

  await test.step('another member sees the shared one, and neither the other nor its default', async () => {
    await grace.goto('/views/trail')
    await expect(grace).toHaveURL(/\/views\/trail$/)
    await menu(grace, /Saved views/).click()
    await expect(grace.getByRole('menuitem', { name: /Everybody signs in/ })).toContainText('Edsger')
    await expect(grace.getByRole('menuitem', { name: /Own admin/ })).toHaveCount(0)
    await grace.getByRole('menuitem', { name: /Everybody signs in/ }).click()
    await expect(grace).toHaveURL(/view=[0-9a-f-]{36}&type=account&order=asc$/)
    await menu(grace, /Everybody signs in/).click()
    await expect(grace.getByRole('menuitem', { name: /Save as a new view/ })).toBeVisible()
    await expect(grace.getByRole('menuitem', { name: /Remove|Rename/ })).toHaveCount(0)
    await grace.keyboard.press('Escape')
  })

  await test.step('a filter more is a modification, which its owner may keep', async () => {
    await choose(page, /Saved views/, /Everybody signs in/)
    await expect(menu(page, /Everybody signs in/)).not.toContainText('modified')
    await expect(page).toHaveURL(/&type=account&order=asc$/)
    await page.goto(`${page.url()}&level=info`)
    await expect(menu(page, /Everybody signs in/)).toContainText('modified')
    await choose(page, /Everybody signs in/, /Save changes/)
    await expect(menu(page, /Everybody signs in/)).not.toContainText('modified')
  })

  await test.step('it is renamed, made the default of the workspace, and removed', async () => {
    await choose(page, /Everybody signs in/, /Rename or share/)
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('Own admin')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog).toContainText('There is a view Own admin already')
    await dialog.getByLabel('Name').fill('Everybody’s sign-ins')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog).toBeHidden()
    await choose(page, /Everybody’s sign-ins/, /for everybody/)
    await expect(page.getByText('For everybody who chose no view of their own.')).toBeVisible()
    await grace.goto('/views/trail')
    await expect(menu(grace, /Everybody’s sign-ins/)).toBeVisible()
    await choose(page, /Everybody’s sign-ins/, /Remove/)
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove view' }).click()
    await expect(menu(page, /Saved views/)).toBeVisible()
    await grace.goto('/views/trail')
    await expect(grace).toHaveURL(/\/views\/trail$/)
  })

  await test.step('every change stands in the trail', async () => {
    for (const [code, count] of [
      ['VIEW_CREATED', 2],
      ['VIEW_UPDATED', 2],
      ['VIEW_DEFAULT_SET', 2],
      ['VIEW_REMOVED', 1],
    ] as const) {
      await page.goto(`/views/trail?code=${code}`)
      await expect(page.getByRole('row')).toHaveCount(count + 1)
    }
  })
  await grace.context().close()
})
