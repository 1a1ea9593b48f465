import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { findFreePort } from './fixtures/free-port'
import {
  addDesktopChannel,
  addMember,
  bell,
  clickPopUp,
  newDesktop,
  popUpsOf,
  post,
  ring,
  signInAs,
  signUpAs,
} from './fixtures/pop-ups'
import { makeDataDir, startSpoorServer } from './fixtures/spoor-server'
import { expect, test } from './fixtures/test'

/** Longer than a browser without desktop notifications waits for one that has them. */
const PAGE_TOAST_MS = 5_000

/** Nothing that axe finds, in light and dark. */
async function lookFor(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([])
  }
}

test('an event pops up once for each person, whatever tabs and browsers they have, and waits in all their bells', async ({
  browser,
  spoor,
}) => {
  test.setTimeout(300_000)
  const problems: string[] = []
  const desktops = await Promise.all([1, 2, 3].map(() => newDesktop(browser, spoor)))
  const pages = await Promise.all(desktops.map((desktop) => desktop.newPage()))
  const [ada, adaElsewhere, bob] = pages as [Page, Page, Page]
  for (const page of pages) {
    page.on('pageerror', (error) => problems.push(error.message))
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
  }
  await signUpAs(ada, 'Ada', 'Bells')
  const channel = await addDesktopChannel(spoor, 'bells')
  await signInAs(adaElsewhere, 'Ada')
  await signUpAs(bob, 'Bob', 'Bells Two')
  await addMember(spoor, 'bells', 'Bob')
  await bob.goto('/bells/trail')
  const secondTab = await (desktops[0] as (typeof desktops)[0]).newPage()
  await secondTab.goto('/bells/forwarding')
  const adas = [ada, secondTab, adaElsewhere]
  for (const page of [...adas, bob]) await expect(bell(page, 0)).toBeVisible()
  const countOf = async (some: Page[]) => (await Promise.all(some.map(popUpsOf))).flat().length

  await test.step('one of Ada’s three pages shows it, and Bob’s', async () => {
    await ring(spoor, channel, 'jdoe opened door 7')
    for (const page of [...adas, bob]) await expect(bell(page, 1)).toBeVisible()
    await expect.poll(() => countOf([bob])).toBe(1)
    await expect.poll(() => countOf(adas)).toBe(1)
    await bob.waitForTimeout(1_000)
    expect(await countOf(adas)).toBe(1)
    expect(await popUpsOf(bob)).toMatchObject([{ title: 'jdoe opened door 7', body: 'Level warning' }])
  })

  await test.step('a click on it leads to the event', async () => {
    await clickPopUp(bob)
    await expect(bob).toHaveURL(/\/bells\/trail\/[0-9a-f-]{36}$/)
    await expect(bob.getByText('jdoe opened door 7').first()).toBeVisible()
  })

  await test.step('when the tab that holds the stream is closed, the other one takes over', async () => {
    await adaElsewhere.close()
    await ada.close()
    await ring(spoor, channel, 'jdoe opened door 8')
    await expect
      .poll(() => popUpsOf(secondTab))
      .toContainEqual(expect.objectContaining({ title: 'jdoe opened door 8' }))
    await expect(bell(secondTab, 2)).toBeVisible()
  })

  await test.step('the bell lists them, and what is read is read in the other tabs too', async () => {
    const third = await secondTab.context().newPage()
    await third.goto('/bells/trail')
    await bell(secondTab, 2).click()
    const popup = secondTab.getByRole('dialog', { name: 'Notifications' })
    await expect(popup.getByRole('link', { name: /jdoe opened door 8/ })).toBeVisible()
    await expect(popup.getByText('On your desktop')).toBeVisible()
    await lookFor(secondTab)
    await popup.getByRole('button', { name: 'Mark all as read' }).click()
    await expect(bell(third, 0)).toBeVisible()
    await secondTab.keyboard.press('Escape')
    await expect(bell(secondTab, 0)).toBeFocused()
    await third.close()
  })

  await test.step('which browsers got it is on record', async () => {
    await secondTab.goto('/bells/notifications')
    const door8 = secondTab.getByRole('listitem').filter({ hasText: 'jdoe opened door 8' })
    await door8.getByText('Popped up for 2 people').click()
    await expect(door8.getByText(/^Ada in Chrome on Linux/)).toBeVisible()
    await expect(door8.getByText(/^Bob in Chrome on Linux/)).toBeVisible()
    await lookFor(secondTab)
  })

  await test.step('TEST pops up, and says that it is one', async () => {
    await post(`${spoor.url}/api/v1/channels/${channel.channelId}/test`, channel.token, {})
    await expect
      .poll(() => popUpsOf(secondTab))
      .toContainEqual(expect.objectContaining({ title: expect.stringContaining('This is a test') }))
  })

  await test.step('switched off, this browser shows nothing, and counts on', async () => {
    await secondTab.reload()
    await bell(secondTab, 1).click()
    await secondTab.getByRole('switch', { name: 'Show pop-ups in this browser' }).click()
    await secondTab.keyboard.press('Escape')
    await ring(spoor, channel, 'jdoe opened door 9')
    await expect(bell(secondTab, 2)).toBeVisible()
    expect(await popUpsOf(secondTab)).toEqual([])
  })
  expect(problems).toEqual([])
  for (const desktop of desktops) await desktop.close()
})

test('a browser without desktop notifications shows it within the page; without JavaScript the bell is a link', async ({
  browser,
  page,
  spoor,
}) => {
  test.setTimeout(120_000)
  await signUpAs(page, 'Carol', 'Plain')
  const channel = await addDesktopChannel(spoor, 'plain')
  await expect(bell(page, 0)).toBeVisible()
  await ring(spoor, channel, 'jdoe opened <b>door</b> \u202e7')
  const toast = page.locator('[data-toast]')
  await expect(toast).toContainText('jdoe opened <b>door</b> ‹U+202E›7', { timeout: PAGE_TOAST_MS })
  await toast.getByRole('button', { name: 'Open' }).click()
  await expect(page).toHaveURL(/\/plain\/trail\/[0-9a-f-]{36}$/)

  const cookies = await page.context().cookies()
  const plain = await browser.newContext({ baseURL: spoor.url, javaScriptEnabled: false })
  await plain.addCookies(cookies)
  const still = await plain.newPage()
  await still.goto('/plain/trail')
  await still.getByRole('link', { name: 'Notifications, 1 unread' }).click()
  await expect(still).toHaveURL('/plain/notifications')
  await expect(still.getByRole('link', { name: 'jdoe opened <b>door</b> ‹U+202E›7' })).toBeVisible()
  await still.getByRole('button', { name: 'Mark all as read' }).click()
  await expect(still.getByRole('link', { name: 'Notifications', exact: true })).toBeVisible()
  await plain.close()
})

test('what a browser keeps its service worker back from is shown by the page', async ({ browser, spoor }) => {
  test.setTimeout(120_000)
  const desktop = await newDesktop(browser, spoor)
  await desktop.addInitScript(() => {
    ServiceWorkerContainer.prototype.register = () => new Promise(() => {})
  })
  const page = await desktop.newPage()
  await signUpAs(page, 'Hal', 'Held')
  const channel = await addDesktopChannel(spoor, 'held')
  await expect(bell(page, 0)).toBeVisible()
  await ring(spoor, channel, 'jdoe opened door 7')
  await expect.poll(() => popUpsOf(page)).toMatchObject([{ title: 'jdoe opened door 7' }])
  await desktop.close()
})

test('whoever signs out is told nothing more; a server that restarts loses nothing for those who stay', async ({
  browser,
}) => {
  test.setTimeout(240_000)
  const dataDir = makeDataDir()
  const port = await findFreePort()
  let spoor = await startSpoorServer({ dataDir: dataDir.path, port })
  const [adas, bobs] = [await newDesktop(browser, spoor), await newDesktop(browser, spoor)]
  const [ada, bob] = [await adas.newPage(), await bobs.newPage()]
  await signUpAs(ada, 'Ada', 'Bells')
  const channel = await addDesktopChannel(spoor, 'bells')
  await signUpAs(bob, 'Bob', 'Elsewhere')
  await addMember(spoor, 'bells', 'Bob')
  await bob.goto('/bells/trail')
  const bobsOther = await bobs.newPage()
  await bobsOther.goto('/bells/trail')
  for (const page of [ada, bob, bobsOther]) await expect(bell(page, 0)).toBeVisible()
  await ring(spoor, channel, 'door 1')
  await expect.poll(async () => [...(await popUpsOf(bob)), ...(await popUpsOf(bobsOther))].length).toBe(1)

  const ended = bob.waitForEvent('requestfinished', (request) => request.url().includes('/stream'))
  await bobsOther.getByRole('button', { name: 'Account of Bob' }).click()
  await bobsOther.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(bobsOther).toHaveURL(/sign-in/)
  await ended
  const before = (await popUpsOf(bob)).length
  await ring(spoor, channel, 'door 2')
  await expect.poll(() => popUpsOf(ada)).toHaveLength(2)
  expect(await popUpsOf(bob)).toHaveLength(before)
  await expect(bell(bob, 1)).toBeVisible()

  // An open stream keeps no server from stopping.
  expect(await spoor.end('SIGTERM')).toBe(0)
  spoor = await startSpoorServer({ dataDir: dataDir.path, port })
  await ring(spoor, channel, 'door 3')
  await ring(spoor, channel, 'door 4')
  const titles = async () => (await popUpsOf(ada)).map(({ title }) => title)
  await expect.poll(titles, { timeout: 30_000 }).toEqual(['door 1', 'door 2', 'door 3', 'door 4'])
  await expect(bell(ada, 4)).toBeVisible()
  for (const context of [adas, bobs]) await context.close()
  await spoor.end('SIGTERM')
  dataDir.remove()
})
