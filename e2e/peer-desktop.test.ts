import type { Page } from '@playwright/test'
import { isPeerInstalled } from '@/lib/delivery/testing/run-peer'
import { type PeerDesktop, startPeerDesktop } from './fixtures/peer-desktop'
import { addDesktopChannel, addMember, bell, ring, signInAs, signUpAs } from './fixtures/pop-ups'
import { expect, test } from './fixtures/test'

/** Longer than a browser takes to show what it was told of. */
const SETTLED_MS = 2_000

/** Whether the person's keys reach this tab. Playwright has every page believe so, until it is told to stop. */
async function isInFront(page: Page): Promise<boolean> {
  const session = await page.context().newCDPSession(page)
  for (const enabled of [true, false]) await session.send('Emulation.setFocusEmulationEnabled', { enabled })
  return page.evaluate(() => document.hasFocus())
}

test.beforeAll(async () => {
  test.skip(!(await isPeerInstalled('desktop')), 'the peer desktop is not installed')
})

let desktop: PeerDesktop
test.beforeEach(async () => {
  desktop = await startPeerDesktop()
})
test.afterEach(async () => desktop?.close())

test('what rings is on the desktop of each person once, as plain text, and a click on it leads to the event', async ({
  spoor,
}) => {
  test.setTimeout(120_000)
  const titles = () => desktop.shown().map(({ title }) => title)
  const doras = await desktop.openBrowser(spoor.url)
  const first = await doras.newPage()
  await signUpAs(first, 'Dora', 'Desk')
  const channel = await addDesktopChannel(spoor, 'desk')

  await test.step('allowed while the page is open, without loading it again', async () => {
    await bell(first, 0).click()
    await expect(first.getByRole('button', { name: 'Allow desktop notifications' })).toBeVisible()
    await doras.grantPermissions(['notifications'], { origin: spoor.url })
    await expect(first.getByText('On your desktop')).toBeVisible()
    await first.keyboard.press('Escape')
  })

  const second = await doras.newPage()
  await second.goto('/desk/channels')
  await expect(bell(second, 0)).toBeVisible()

  await test.step('two tabs show one', async () => {
    await ring(spoor, channel, 'jdoe opened door 7')
    await expect.poll(titles).toEqual(['jdoe opened door 7'])
    for (const page of [first, second]) await expect(bell(page, 1)).toBeVisible()
    await second.waitForTimeout(SETTLED_MS)
    const { host } = new URL(spoor.url)
    expect(desktop.shown()).toMatchObject([
      { title: 'jdoe opened door 7', body: `${host}\n\nLevel warning`, actions: ['default', 'settings'] },
    ])
  })

  const openedByClick = async (shown: number): Promise<Page> => {
    const [page] = await Promise.all([doras.waitForEvent('page'), desktop.click(shown)])
    return page
  }

  await test.step('a click opens the event before the person’s eyes, and leaves the tabs as they are', async () => {
    const opened = await openedByClick(1)
    await expect(opened).toHaveURL(/\/desk\/trail\/[0-9a-f-]{36}$/)
    await expect(opened.getByText('jdoe opened door 7').first()).toBeVisible()
    await expect.poll(() => isInFront(opened)).toBe(true)
    for (const page of [first, second]) expect(await isInFront(page)).toBe(false)
    await expect(second).toHaveURL('/desk/channels')
    await opened.close()
  })

  await test.step('also when the tab that showed it is closed', async () => {
    await ring(spoor, channel, 'jdoe opened door 8')
    await expect.poll(titles).toEqual(['jdoe opened door 7', 'jdoe opened door 8'])
    await first.close()
    const opened = await openedByClick(2)
    await expect(opened.getByText('jdoe opened door 8').first()).toBeVisible()
    await opened.close()
  })

  await test.step('a second browser of the same person shows nothing more', async () => {
    const elsewhere = await desktop.openBrowser(spoor.url)
    await elsewhere.grantPermissions(['notifications'], { origin: spoor.url })
    const page = await elsewhere.newPage()
    await signInAs(page, 'Dora')
    await expect(bell(page, 2)).toBeVisible()
    await ring(spoor, channel, 'jdoe opened door 9')
    for (const each of [second, page]) await expect(bell(each, 3)).toBeVisible()
    await expect.poll(() => titles().slice(2)).toEqual(['jdoe opened door 9'])
    await page.waitForTimeout(SETTLED_MS)
    expect(desktop.shown()).toHaveLength(3)
  })

  await test.step('another person’s shows its own; what looks like markup is text', async () => {
    const bobs = await desktop.openBrowser(spoor.url)
    await bobs.grantPermissions(['notifications'], { origin: spoor.url })
    const bob = await bobs.newPage()
    await signUpAs(bob, 'Emil', 'Desk Two')
    await addMember(spoor, 'desk', 'Emil')
    await bob.goto('/desk/trail')
    await expect(bell(bob, 0)).toBeVisible()
    await ring(spoor, channel, '<b>door</b> & \u202e10', '<a href="https://evil.example">door</a> 11')
    await expect(bell(bob, 1)).toBeVisible()
    await expect.poll(() => desktop.shown().length).toBe(5)
    await bob.waitForTimeout(SETTLED_MS)
    const [one, other, ...more] = desktop.shown().slice(3)
    expect(more).toEqual([])
    expect(one?.by).not.toBe(other?.by)
    expect(one).toMatchObject({ title: other?.title, body: other?.body })
    expect(one?.body).toContain('&lt;b&gt;door&lt;/b&gt; &amp; ‹U+202E›10\n')
    expect(one?.body).toContain('&lt;a href=')
    expect(one?.body).not.toContain('<')
    await second.goto('/desk/notifications')
    const row = second.getByRole('listitem').filter({ hasText: 'Popped up for 2 people' })
    await row.getByText('Popped up for 2 people').click()
    for (const name of ['Dora', 'Emil'])
      await expect(row.getByText(new RegExp(`^${name} in Chrome on Linux`))).toBeVisible()
  })
})
