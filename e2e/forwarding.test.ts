import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { answerWith, type Receiver, startReceiver } from '@/lib/http/testing/loopback-receiver'
import {
  chooseDoors,
  chooseKind,
  DOORS,
  EVENTS,
  openDialog,
  preview,
  save,
  sendEvents,
  signUp,
} from './fixtures/forwarding-steps'
import type { SpoorServer } from './fixtures/spoor-server'
import { expect, test } from './fixtures/test'

const PATIENT_ZERO = 'door 7'

let receiver: Receiver

test.beforeEach(async () => {
  receiver = await startReceiver()
})
test.afterEach(() => receiver.close())

const list = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Lists of this destination' }).getByRole('link', { name })
const figure = (page: Page, name: string) =>
  page.locator('dt', { hasText: new RegExp(`^${name}$`) }).locator('xpath=following::dd[1]')
/** Due again at once, whatever the pauses between two tries are by then. */
async function deliver(page: Page, spoor: SpoorServer): Promise<void> {
  await spoor.runCron('seal')
  await spoor.runCron('deliver')
  await page.reload()
}

test('a destination is made, previewed, watched failing, mended, replayed, skipped, removed and brought back', async ({
  page,
  spoor,
}) => {
  test.setTimeout(240_000)
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
  const lookFor = async (what: string) => {
    // While one fades away, its words have too little contrast.
    await expect(page.locator('[data-toast]')).toHaveCount(0)
    const { violations } = await new AxeBuilder({ page }).analyze()
    for (const { id, nodes } of violations) problems.push(`${what}: ${id} ${nodes[0]?.html}`)
  }
  const token = await signUp(page, spoor, 'gates')

  await test.step('a refused form says what is wrong beside the field, and keeps what was entered', async () => {
    await chooseKind(page, 'gates', 'HTTP')
    await page.getByLabel('URL').fill('gopher://127.0.0.1/')
    await page.getByRole('textbox', { name: 'API Key' }).fill('geheim-4711')
    await page.getByLabel('Further filter').fill('colour=blue')
    await page.getByRole('button', { name: 'Add Forwarding Destination' }).click()
    await expect(page.getByLabel('URL')).toHaveAttribute('aria-invalid', 'true')
    await expect(page.getByLabel('URL')).toBeFocused()
    await expect(page.getByRole('textbox', { name: 'API Key' })).toHaveValue('geheim-4711')
    await lookFor('refused form')
  })

  await test.step('the preview shows an own event as the receiver will get it, without secrets', async () => {
    await page.getByLabel('URL').fill(`${receiver.url}/in`)
    await page.getByLabel('API Header Name').fill('X-Key')
    await page.getByLabel('Further filter').fill(`${spoor.url}/gates/trail?actor=jdoe&columns=time,code`)
    await page.getByLabel('Further filter').blur()
    await expect(page.getByLabel('Further filter')).toHaveValue('actor=jdoe')
    await chooseDoors(page)
    await expect(preview(page)).toContainText(`POST ${receiver.url}/in`)
    await expect(preview(page)).toContainText('jdoe opened door 39')
    await expect(preview(page)).toContainText(/x-key: •••/i)
    await expect(page.getByText(`${DOORS} events of the last 7 days match`)).toBeVisible()
    await page.getByLabel('Body').selectOption('ndjson')
    await expect(preview(page)).toContainText('application/x-ndjson')
    await page.getByRole('button', { name: 'actor.login' }).click()
    await expect(preview(page)).toContainText('"login":"hmac:')
    await expect(preview(page)).not.toContainText('jdoe')
    expect(receiver.received).toHaveLength(0)
    await lookFor('form')
  })

  /** A table scrolls by itself on a phone, the page never does. */
  const lookOnPhone = async (what: string) => {
    const size = page.viewportSize()
    await page.setViewportSize({ width: 390, height: 844 })
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    if (wider > 0) problems.push(`${what}: ${wider} px wider than a phone`)
    if (size) await page.setViewportSize(size)
  }

  await test.step('what is saved is shown, the key only as stored', async () => {
    await page.getByRole('radio', { name: /From the beginning/ }).check()
    await save(page)
    await expect(figure(page, 'API Key')).toHaveText('stored, never shown')
    await expect(figure(page, 'Further filter')).toHaveText('Actor is jdoe')
    await expect(figure(page, 'Masking')).toContainText('actor.login')
    expect(await page.content()).not.toContain('geheim-4711')
  })
  const home = page.url()

  await test.step('a failure is told in the receiver’s words, and a retry does not wait', async () => {
    receiver.answer(answerWith(503, 'the index is being rebuilt'))
    await deliver(page, spoor)
    await expect(page.getByText('Nothing gets through at present')).toBeVisible()
    await expect(page.getByRole('row', { name: /failed, will be tried again/ })).toContainText('503')
    await page.getByText('The receiver’s words').first().click()
    await expect(
      page.getByRole('region', { name: 'Attempts' }).getByText('the index is being rebuilt'),
    ).toBeVisible()
    await page.getByRole('button', { name: 'Test' }).click()
    await expect(openDialog(page)).toContainText('Not delivered')
    await expect(openDialog(page)).toContainText('the index is being rebuilt')
    await page.keyboard.press('Escape')
    await list(page, 'Unsent events').click()
    await expect(page.getByRole('row', { name: /opened door 39|door 0/ }).first()).toBeVisible()
    await lookFor('failing destination')
  })

  await test.step('an event that is refused for good is set aside, and all others arrive', async () => {
    receiver.received.length = 0
    receiver.answer((request, response) => {
      const isBad = request.body.includes(`"${PATIENT_ZERO}"`)
      response.writeHead(isBad ? 400 : 200).end(isBad ? 'that door is unknown here' : 'ok')
    })
    await page.getByRole('button', { name: 'Retry now' }).click()
    await expect(page.getByText('It is tried again now')).toBeVisible()
    await deliver(page, spoor)
    await expect(figure(page, 'Events sent')).toHaveText(String(DOORS - 1))
    await list(page, 'Dead letters').click()
    await expect(page.getByRole('row', { name: /that door is unknown here|Event \d+/ }).first()).toBeVisible()
    await lookFor('dead letters')
    await page
      .getByRole('link', { name: /^Event \d+/ })
      .first()
      .click()
    await expect(page.getByRole('heading', { level: 1 })).toContainText(PATIENT_ZERO)
    await page.goto(`${home}?list=matched`)
    await expect(page.getByRole('table').last().getByRole('row')).toHaveCount(26)
    await page.getByRole('link', { name: 'More' }).click()
    await expect(page.getByRole('table').last().getByRole('row')).toHaveCount(DOORS - 1 - 25 + 1)
    await expect(page.getByRole('link', { name: 'Beginning' })).toBeVisible()
  })

  await test.step('the chart counts the hour, also for those who do not see it', async () => {
    await page.goto(home)
    await page.getByText('In figures').click()
    const hour = page
      .getByRole('region', { name: 'Hours in which something happened' })
      .getByRole('row')
      .nth(1)
    await expect(hour).toContainText(String(DOORS - 1))
    await page.getByRole('link', { name: '7 days' }).click()
    await expect(page).toHaveURL(/range=7d/)
  })

  await test.step('what was set aside is sent after all, under its old id', async () => {
    receiver.answer(answerWith(200, 'ok'))
    receiver.received.length = 0
    await page.goto(`${home}?list=dead`)
    await page.getByRole('button', { name: 'Replay' }).click()
    await expect(page.getByRole('radio', { name: /Those that were set aside/ })).toBeChecked()
    await page.getByRole('radio', { name: /A range of numbers/ }).check()
    await page.getByLabel('First number').fill('90000')
    await page.getByLabel('Last number').fill('90001')
    await page.getByRole('button', { name: 'Send again' }).click()
    await expect(page.getByLabel('First number')).toHaveAttribute('aria-invalid', 'true')
    await expect(page.getByRole('radio', { name: /A range of numbers/ })).toBeChecked()
    await expect(page.getByLabel('Last number')).toHaveValue('90001')
    await lookFor('replay')
    await page.getByRole('radio', { name: /Those that were set aside/ }).check()
    await page.getByRole('button', { name: 'Send again' }).click()
    await expect(page.getByText('The replay has begun')).toBeVisible()
    await deliver(page, spoor)
    await expect(page.getByText('sent after all')).toBeVisible()
    expect(receiver.received.map(({ body }) => JSON.parse(body).targets[0].name)).toEqual([PATIENT_ZERO])
    await list(page, 'Replays').click()
    await expect(page.getByRole('row', { name: /Dead letters/ })).toContainText('done')
    await lookFor('replays')
    await lookOnPhone('replays')
  })

  await test.step('waiting events are skipped with a reason, which stays on record', async () => {
    await page.getByRole('switch').click()
    await expect(page.getByText('Forwarding is paused')).toBeVisible()
    const late = { ...EVENTS[0], externalRef: 'late', message: 'a late one' }
    expect(await sendEvents(spoor.url, token, [late])).toBe(201)
    await page.goto(`${home}?list=unsent`)
    await expect(page.getByRole('row', { name: /a late one/ })).toBeVisible()
    await page.getByRole('button', { name: 'Skip …' }).click()
    await expect(openDialog(page)).toContainText('1 event waits')
    await page.getByRole('button', { name: 'Skip events' }).click()
    await expect(openDialog(page).getByLabel('Reason')).toHaveAttribute('aria-invalid', 'true')
    await openDialog(page).getByLabel('Reason').fill('known already')
    await lookFor('skip')
    await page.getByRole('button', { name: 'Skip events' }).click()
    await expect(page.getByRole('region', { name: 'Skipped ranges' })).toContainText('known already')
    await page.getByRole('button', { name: 'Resume …' }).click()
    await page.getByRole('button', { name: 'Resume', exact: true }).click()
    await expect(page.getByText('Forwarding is paused')).toBeHidden()
  })

  await test.step('an edit begins with what is stored, and keeps the secret that is left empty', async () => {
    await page.getByRole('link', { name: 'Edit' }).click()
    await expect(page.getByLabel('URL')).toHaveValue(`${receiver.url}/in`)
    await expect(page.getByLabel('Body')).toHaveValue('ndjson')
    await expect(page.getByRole('textbox', { name: 'API Key' })).toHaveValue('')
    await expect(preview(page)).toContainText(/x-key: •••/i)
    await page.getByLabel('Note').fill('The main gate')
    await page.getByRole('button', { name: 'Save changes' }).click()
    await expect(page).toHaveURL(home)
    await expect(figure(page, 'Note')).toHaveText('The main gate')
    await expect(figure(page, 'API Key')).toHaveText('stored, never shown')
  })

  await test.step('a removed destination comes back as it was', async () => {
    await page.getByRole('button', { name: 'Remove' }).click()
    await expect(page.getByRole('alertdialog')).toContainText('30 days')
    await page.getByRole('button', { name: 'Remove destination' }).click()
    await expect(page).toHaveURL(/\/gates\/forwarding$/)
    await expect(page.getByText('Nothing is forwarded yet')).toBeVisible()
    await lookFor('removed')
    await lookOnPhone('removed')
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(page.getByRole('region', { name: 'Forwarding destinations' })).toContainText('The main gate')
    await expect(page.getByRole('region', { name: 'Removed destinations' })).toBeHidden()
  })
  expect(problems).toEqual([])
})
