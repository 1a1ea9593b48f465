import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { answerWith, type Receiver, startReceiver } from '@/lib/http/testing/loopback-receiver'
import { type RealSmtp, startRealSmtp } from '@/lib/mail/testing/real-smtp'
import { openDialog, preview, sendEvents, signUp } from './fixtures/forwarding-steps'
import { addMember, signUpAs } from './fixtures/pop-ups'
import type { SpoorServer } from './fixtures/spoor-server'
import { expect, test } from './fixtures/test'

const PASSWORD = 'geheim-4711'
const ALARMING = 5

let mail: RealSmtp
let chat: Receiver

test.beforeEach(async () => {
  mail = await startRealSmtp()
  chat = await startReceiver()
})
test.afterEach(() => Promise.all([mail.close(), chat.close()]))

const tab = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Tabs of this channel' }).getByRole('link', { name })
const figure = (page: Page, name: string) =>
  page.locator('dt', { hasText: new RegExp(`^${name}$`) }).locator('xpath=following::dd[1]')
const password = (page: Page) => page.getByRole('textbox', { name: 'Password' })
const choose = (page: Page, name: string) => page.getByRole('radio', { name, exact: true }).check()

/** Due again at once, whatever the pauses between two messages are by then. */
async function deliver(page: Page, spoor: SpoorServer): Promise<void> {
  await spoor.runCron('seal')
  await spoor.runCron('deliver')
  await page.reload()
}

async function save(page: Page): Promise<string> {
  // As impatient people do: there must be one channel, and the second click must not meet another button.
  await page.getByRole('button', { name: 'Save' }).dblclick()
  await expect(page).toHaveURL(/\/channels\/[0-9a-f-]{36}$/)
  return page.url()
}

test('channels are made by the form, tell people, are watched failing, edited, switched, deleted and brought back', async ({
  page,
  spoor,
}) => {
  test.setTimeout(300_000)
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => {
    // What Playwright itself puts into each frame may not run in the letter either.
    const isOfTrace = message.text().includes("Blocked script execution in 'about:srcdoc'")
    const isOfLetter = /Blocked opening .* in a new window because .* sandboxed/.test(message.text())
    if (message.type() === 'error' && !isOfTrace && !isOfLetter) problems.push(message.text())
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
  const token = await signUp(page, spoor, 'alerts')
  const send = async (...events: object[]) => expect(await sendEvents(spoor.url, token, events)).toBe(201)

  await test.step('a refused form says what is wrong beside the field, and keeps what was entered', async () => {
    await page.getByRole('link', { name: 'Channels' }).click()
    await expect(page.getByText('Nobody is told anything yet')).toBeVisible()
    await lookFor('no channels')
    await page.getByRole('link', { name: 'Add', exact: true }).click()
    await page.getByLabel('To Address').fill('nobody')
    await page.getByLabel('Mail Server').selectOption('own')
    await page.getByLabel('Hostname').fill('127.0.0.1')
    await page.getByLabel('Username').fill('bell')
    await password(page).fill(PASSWORD)
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByLabel('To Address')).toHaveAttribute('aria-invalid', 'true')
    await expect(page.getByLabel('To Address')).toBeFocused()
    await expect(password(page)).toHaveValue(PASSWORD)
    await expect(password(page)).toHaveAttribute('type', 'password')
    await page.getByRole('button', { name: 'Show Password' }).click()
    await expect(password(page)).toHaveAttribute('type', 'text')
    await lookFor('refused form')
  })

  await test.step('a refused webhook’s address, a secret, is not in the answer', async () => {
    await choose(page, 'Webhook')
    await expect(page.getByLabel('To Address')).toBeHidden()
    await page.getByRole('textbox', { name: 'Webhook URL' }).fill('https://chat.example/hooks/hush-hush')
    await page.getByRole('textbox', { name: 'Icon URL' }).fill('no address')
    const answers: string[] = []
    await page.route('**/channels/new', async (route) => {
      const response = await route.fetch()
      answers.push(await response.text())
      await route.fulfill({ response })
    })
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByRole('textbox', { name: 'Icon URL' })).toHaveAttribute('aria-invalid', 'true')
    await page.unroute('**/channels/new')
    expect(answers.join()).toContain('iconUrl')
    expect(answers.join()).not.toContain('hush-hush')
  })

  await test.step('another type keeps what was typed for the first one', async () => {
    await choose(page, 'E-mail')
    await expect(page.getByLabel('To Address')).toHaveValue('nobody')
  })

  await test.step('categories narrow down while one types, and × takes one out', async () => {
    const categories = page.getByRole('combobox', { name: 'Filter by these categories' })
    await categories.fill('adm')
    await expect(page.getByRole('option')).toHaveText([/^admin/, /^adm \(use as typed\)/])
    await page.getByRole('option', { name: 'admin' }).click()
    await categories.fill('doors')
    await page.getByRole('option', { name: 'doors' }).first().click()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Remove admin' }).click()
    await page.getByLabel('Minimum level').selectOption('error')
    await expect(page.getByText('10 events of the last 7 days match')).toBeVisible()
  })

  await test.step('the preview is the letter itself', async () => {
    await page.getByLabel('To Address').fill('soc@alerts.example\nops@alerts.example')
    await page.getByRole('textbox', { name: 'Port' }).fill(String(mail.port))
    await page.getByLabel('TLS').selectOption('none')
    await page.getByLabel('From Address').fill('Spoor <spoor@alerts.example>')
    await expect(preview(page)).toContainText('jdoe opened door')
    const letter = preview(page).frameLocator('iframe')
    await expect(letter.getByText('jdoe opened door').first()).toBeVisible()
    expect(mail.arrived).toHaveLength(0)
    // Its links lead nowhere: the sandbox would show the page of signing in.
    await letter.getByRole('link').first().click()
    await expect(letter.getByText('jdoe opened door').first()).toBeVisible()
    expect(page.context().pages()).toHaveLength(1)
  })

  const home = await test.step('what is saved is shown, the password only as stored', async () => {
    const url = await save(page)
    await expect(figure(page, 'Enabled')).toHaveText('yes')
    await expect(figure(page, 'To Address')).toContainText('ops@alerts.example')
    await expect(figure(page, 'Hostname')).toHaveText('127.0.0.1')
    await expect(figure(page, 'SMTPS')).toHaveText('no')
    await expect(figure(page, 'Password')).toContainText('••••')
    await expect(figure(page, 'Categories')).toHaveText('doors')
    await expect(figure(page, 'Interval')).toHaveText('Immediate')
    await expect(figure(page, 'Sent')).toHaveText('0')
    expect(await page.content()).not.toContain(PASSWORD)
    await lookFor('new channel')
    return url
  })

  await test.step('a test is answered in the server’s own words', async () => {
    await page.getByRole('button', { name: 'Test channel' }).click()
    await expect(openDialog(page)).toContainText('Delivered')
    expect(mail.arrived.at(-1)?.user).toBe('bell')
    expect(mail.arrived.at(-1)?.mail.subject).toMatch(/test/i)
    await lookFor('test')
    await page.keyboard.press('Escape')
    await expect(figure(page, 'Sent')).toHaveText('0')
  })

  await test.step('an event is a letter, counted and listed with its place in the trail', async () => {
    const intruder = { login: 'mallory', ip: '203.0.113.66' }
    await send(
      {
        type: 'doors',
        action: 'forced',
        level: 'error',
        status: 'fail',
        actor: intruder,
        message: 'The back door was forced',
      },
      { type: 'doors', action: 'opened', level: 'info', message: 'Nobody needs to know' },
    )
    await deliver(page, spoor)
    expect(mail.arrived.at(-1)?.mail.subject).toContain('The back door was forced')
    expect(mail.arrived).toHaveLength(2)
    await expect(figure(page, 'Sent')).toHaveText('1')
    await tab(page, 'Matched events').click()
    const row = page.getByRole('row', { name: /The back door was forced/ })
    for (const cell of ['fail', 'doors', 'forced', 'mallory', '203.0.113.66'])
      await expect(row.getByRole('cell', { name: cell, exact: true })).toBeVisible()
    await expect(page.getByText('Nobody needs to know')).toBeHidden()
    await lookFor('matched events')
    await row.getByRole('link', { name: /in the trail/ }).click()
    await expect(page.getByRole('heading', { level: 1 })).toContainText('The back door was forced')
  })

  await test.step('a failure is told in the server’s words; what waits is listed, and arrives once it works', async () => {
    mail.reply({ data: () => '451 the spool is full' })
    await send({ type: 'doors', action: 'jammed', level: 'critical', message: 'The front door is jammed' })
    await page.goto(home)
    await deliver(page, spoor)
    await expect(page.getByText('Nothing gets through at present')).toBeVisible()
    await expect(figure(page, 'Failed')).toHaveText('1')
    await expect(page.getByText('the spool is full').first()).toBeVisible()
    await tab(page, 'Unsent events').click()
    await expect(page.getByRole('row', { name: /The front door is jammed/ })).toBeVisible()
    await lookFor('failing channel')
    await tab(page, 'Attempts').click()
    await expect(page.getByRole('row', { name: /failed, will be tried again/ })).toContainText('451')
    mail.reply({})
    await page.getByRole('button', { name: 'Retry now' }).click()
    await expect(page.getByText('It is tried again now')).toBeVisible()
    await deliver(page, spoor)
    await expect(page.getByText('Nothing gets through at present')).toBeHidden()
    expect(mail.arrived.at(-1)?.mail.subject).toContain('The front door is jammed')
  })

  await test.step('an edit begins with what is stored, and keeps the password that is left empty', async () => {
    await page.getByRole('link', { name: 'Edit', exact: true }).click()
    await expect(page.getByLabel('To Address')).toHaveValue('soc@alerts.example\nops@alerts.example')
    await expect(password(page)).toHaveValue('')
    await expect(page.getByLabel('Minimum level')).toHaveValue('error')
    await expect(page.getByRole('radio', { name: 'Desktop' })).toBeDisabled()
    await page.getByLabel('Note').fill('The night watch')
    await choose(page, 'Weekly')
    await page.getByLabel('On', { exact: true }).selectOption('Friday')
    await page.getByLabel('At', { exact: true }).fill('17:45')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page).toHaveURL(home)
    await expect(figure(page, 'Interval')).toHaveText('Fridays at 17:45, UTC')
    await expect(figure(page, 'Next message')).toContainText('17:45')
    await page.getByRole('button', { name: 'Test channel' }).click()
    await expect(openDialog(page)).toContainText('Delivered')
    expect(mail.arrived.at(-1)?.user).toBe('bell')
    await page.keyboard.press('Escape')
  })

  await test.step('a preset makes a threshold, which fires once for many events', async () => {
    await page.goto('/alerts/channels')
    await page.getByRole('link', { name: 'Add', exact: true }).click()
    await choose(page, 'Webhook')
    await page.getByRole('textbox', { name: 'Webhook URL' }).fill(`${chat.url}/hooks/abcdefgh`)
    await page.getByRole('textbox', { name: 'Channel' }).fill('#audit')
    await page.getByRole('button', { name: 'Failed sign-ins by one account' }).click()
    await expect(page.getByLabel('Note')).toHaveValue('Failed sign-ins by one account')
    await expect(page.getByText(/^Action is one of invalid sign in, signed in,/)).toBeVisible()
    await expect(page.getByRole('checkbox', { name: /Only from a number on/ })).toBeChecked()
    await expect(page.getByText('Would not have fired in the last 7 days.')).toBeVisible()
    await expect(preview(page)).toContainText('spoor')
    await lookFor('form with a threshold')
    await save(page)
    await expect(figure(page, 'Threshold')).toHaveText(
      `${ALARMING} events of one actor within 5 min, then quiet for 1 h`,
    )
    const failure = { type: 'account', action: 'invalid sign in', status: 'fail', level: 'warning' }
    await send(...Array.from({ length: ALARMING }, () => ({ ...failure, actor: { login: 'trudy' } })))
    await deliver(page, spoor)
    expect(chat.received).toHaveLength(1)
    expect(chat.received[0]?.body).toContain('trudy')
    await expect(figure(page, 'Sent')).toHaveText('1')
    await tab(page, 'Alarms').click()
    await expect(page.getByRole('row', { name: /trudy/ })).toContainText(String(ALARMING))
    await lookFor('alarms')
    await page.getByRole('link', { name: 'Edit', exact: true }).click()
    await expect(page.getByText('Would have fired once in the last 7 days.')).toBeVisible()
    await page.getByRole('link', { name: 'Cancel' }).click()
  })

  await test.step('a switch keeps what comes, and gives it out again', async () => {
    chat.answer(answerWith(200, 'ok'))
    await page.goto('/alerts/channels')
    const row = page.getByRole('row', { name: /Failed sign-ins by one account/ })
    await row.getByRole('switch').click()
    await expect(row.getByText('paused')).toBeVisible()
    await row.getByRole('switch').click()
    await expect(row.getByText('active')).toBeVisible()
    await lookFor('channels')
  })

  await test.step('a double click opens a channel; a deleted one comes back as it was', async () => {
    const row = page.getByRole('row', { name: /The night watch/ })
    await row.getByRole('cell', { name: 'Fridays at 17:45' }).dblclick()
    await expect(page).toHaveURL(home)
    await page.goto('/alerts/channels')
    await row.getByRole('button', { name: /^Delete/ }).click()
    await expect(page.getByRole('alertdialog')).toContainText('30 days')
    await page.getByRole('button', { name: 'Delete channel' }).click()
    const deleted = page.getByRole('region', { name: 'Deleted channels' })
    await expect(deleted).toContainText('The night watch')
    await deleted.getByRole('button', { name: 'Undo' }).click()
    await expect(page.getByRole('region', { name: 'Channels', exact: true })).toContainText('The night watch')
    await page.goto(home)
    await expect(figure(page, 'Password')).toContainText('••••')
  })
  expect(problems).toEqual([])
})

test('the workspace’s clock is set where daily messages come by it', async ({ page, spoor }) => {
  await signUp(page, spoor, 'clocks')
  await page.goto('/clocks/settings/workspace')
  await page.getByLabel('Time zone').selectOption('Asia/Tokyo')
  await page.getByRole('button', { name: 'Set', exact: true }).click()
  await expect(page.getByText('The time zone is set.')).toBeVisible()
  await page.goto('/clocks/channels/new')
  await choose(page, 'Desktop')
  await choose(page, 'Daily')
  await expect(page.getByRole('link', { name: 'Asia/Tokyo' })).toBeVisible()
  await save(page)
  await expect(figure(page, 'Interval')).toHaveText('Daily at 08:00, Asia/Tokyo')
  // 08:00 in Tokyo, which has no summer time.
  await expect(figure(page, 'Next message')).toContainText('23:00:00')
})

test('who may only look sees a channel, and changes nothing', async ({ page, browser, spoor }) => {
  await signUpAs(page, 'Grace', 'Watch')
  await page.goto('/watch/channels/new')
  await choose(page, 'Desktop')
  const home = await save(page)
  const context = await browser.newContext({ baseURL: spoor.url })
  const visitor = await context.newPage()
  await signUpAs(visitor, 'Edith', 'Watch Two')
  await visitor.goto(home)
  await expect(visitor.getByRole('heading', { level: 1 })).toHaveText('There is nothing at this address')
  await addMember(spoor, 'watch', 'Edith')
  await visitor.goto('/watch/channels')
  const row = visitor.getByRole('row', { name: /Desktop notifications for everyone/ })
  await expect(row.getByRole('switch')).toBeDisabled()
  await expect(row.getByRole('link', { name: /^View/ })).toBeVisible()
  await expect(visitor.getByRole('link', { name: 'Add', exact: true })).toBeHidden()
  await expect(row.getByRole('link', { name: /^Edit/ })).toBeHidden()
  await visitor.goto(home)
  await expect(figure(visitor, 'Type')).toHaveText('Desktop')
  for (const name of ['Test channel', 'Delete', 'Replay'])
    await expect(visitor.getByRole('button', { name })).toBeHidden()
  await visitor.goto(`${home}/edit`)
  await expect(visitor.getByRole('heading', { level: 1 })).toHaveText('There is nothing at this address')
  await context.close()
})
