import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import postgres from 'postgres'
import { instancePaths } from '@/scripts/instance'
import { runScript } from './fixtures/operator'
import { makeDataDir, type SpoorServer, startSpoorServer } from './fixtures/spoor-server'
import { test as base, expect } from './fixtures/test'

/** A server that seals, as `npm start` does. */
const test = base.extend<object, { sealing: SpoorServer }>({
  sealing: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's dependencies from this pattern
    async ({}, use) => {
      const dataDir = makeDataDir()
      const server = await startSpoorServer({ dataDir: dataDir.path, values: { SPOOR_SCHEDULER: 'on' } })
      await use(server)
      await server.end('SIGTERM')
      dataDir.remove()
    },
    { scope: 'worker', timeout: 360_000 },
  ],
  baseURL: async ({ sealing }, use) => {
    await use(sealing.url)
  },
})

const SECRET = 'mallory@leaked.example'
const EVENTS = [
  { type: 'account', action: 'signed in', message: 'ann signed in', actor: { login: 'ann' } },
  {
    type: 'account',
    action: 'signed in',
    message: 'somebody signed in',
    actor: { login: SECRET, ip: '203.0.113.9' },
    data: { n: 1 },
  },
  { type: 'relay', action: 'sent', message: 'a message went out' },
]

const files = mkdtempSync(join(tmpdir(), 'spoor-evidence-'))
test.afterAll(() => rmSync(files, { recursive: true, force: true }))

async function signUp(page: Page, workspace: string): Promise<string> {
  const slug = workspace.toLowerCase()
  await page.goto('/sign-up')
  await page.getByLabel('Your name').fill('Ada Lovelace')
  await page.getByLabel('E-mail address').fill(`ada@${slug}.example`)
  await page.getByLabel('Password', { exact: true }).fill('a long enough password')
  await page.getByLabel('Workspace name').fill(workspace)
  await page.getByRole('button', { name: 'Create workspace' }).click()
  await expect(page).toHaveURL(new RegExp(`/${slug}/trail$`))
  return slug
}

type Sent = { id: string; seq: number }

async function sendEvents({ url, dataDir }: SpoorServer): Promise<Sent[]> {
  const args = ['token', 'create', '--tenant', 'proofs', '--name', 'ci', '--scope', 'events:write']
  const { token } = JSON.parse(await runScript(dataDir, 'admin', args))
  const answer = await fetch(`${url}/api/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ events: EVENTS }),
  })
  const { results }: { results: Sent[] } = await answer.json()
  return results
}

async function save(page: Page, trigger: Locator, name: string): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), trigger.click()])
  const path = join(files, name)
  await download.saveAs(path)
  return path
}

/** Runs the verifier that the server gives out, on its own and without the project. */
async function verifyOutside(args: string[]): Promise<{ code: number; output: string }> {
  const run = promisify(execFile)
  try {
    const { stdout } = await run(process.execPath, [join(files, 'spoor-verify.mjs'), ...args], { cwd: files })
    return { code: 0, output: stdout }
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }
    return { code, output: stdout + stderr }
  }
}

test('an event is sealed, verified in the browser and outside, erased in part, and verified still', async ({
  page,
  sealing,
}) => {
  test.setTimeout(180_000)
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  await signUp(page, 'Proofs')
  const sent = await sendEvents(sealing)
  const ids = sent.map(({ id }) => id)
  const event = `/proofs/trail/${ids[1]}`
  const yes = page.getByText('Yes: this event is what was sealed, at this place')

  await test.step('within seconds its badges say that it is sealed', async () => {
    await page.goto(event)
    await expect(page.getByText(/^under the checkpoint of \d+ events/)).toBeVisible({ timeout: 20_000 })
    await page.goto('/proofs/trail')
    const row = page.getByRole('row', { name: /somebody signed in/ })
    await expect(row.getByText('sealed', { exact: true })).toBeAttached()
  })

  await test.step('the browser derives its leaf from what the page shows, up to the signed root', async () => {
    await page.goto(event)
    await page.getByRole('button', { name: 'Verify here' }).click()
    await expect(yes).toBeVisible()
    await expect(page.getByRole('list', { name: 'Steps of the check' }).getByLabel('passed')).toHaveCount(5)
    await page.goto(`/proofs/integrity?event=${ids[0]}`)
    await expect(yes).toBeVisible()
    await page.goto('/proofs/integrity?event=999999')
    await expect(page.getByText(/There is no event with the seq/)).toBeVisible()
  })

  const policy = join(files, 'policy.txt')
  const drop = page.getByLabel('File to verify')
  await test.step('a bundle is downloaded, and verified by the page and by the file without us', async () => {
    await page.goto('/proofs/integrity')
    await save(page, page.getByRole('link', { name: 'policy.txt' }), 'policy.txt')
    const verifier = await fetch(`${sealing.url}/spoor-verify.mjs`)
    writeFileSync(join(files, 'spoor-verify.mjs'), await verifier.text())
    const bundle = await save(page, page.getByRole('button', { name: 'Download evidence' }), 'evidence.jsonl')
    await drop.setInputFiles(bundle)
    await expect(page.getByText('Yes: evidence.jsonl holds')).toBeVisible()
    await expect(page.getByText(/none altered, dropped, inserted or moved/)).toBeVisible()
    expect(await verifyOutside(['bundle', bundle, '--policy', policy])).toMatchObject({ code: 0 })

    const altered = join(files, 'altered.jsonl')
    writeFileSync(altered, readFileSync(bundle, 'utf8').replace('203.0.113.9', '203.0.113.8'))
    await drop.setInputFiles(altered)
    await expect(page.getByText('No: altered.jsonl does not hold')).toBeVisible()
    await expect(page.getByText('root_mismatch')).toBeVisible()
    expect((await verifyOutside(['bundle', altered, '--policy', policy])).output).toContain('root_mismatch')

    await page.goto(event)
    const proof = await save(
      page,
      page.getByRole('link', { name: 'Proof (.tlog-proof)' }),
      'event.tlog-proof',
    )
    expect(await verifyOutside(['proof', proof, '--policy', policy])).toMatchObject({ code: 0 })
  })

  await test.step('what can’t be proven is said on the page, and costs no input', async () => {
    await page.goto('/proofs/integrity')
    const since = page.getByLabel('Since a checkpoint that you kept')
    // What came in one request is sealed together: no checkpoint ends between its events.
    const size = String(sent.at(-1)?.seq)
    await since.fill(size)
    await page.getByRole('button', { name: 'Download evidence' }).click()
    await expect(page.getByText(`No checkpoint of ${size} events was kept`)).toBeVisible()
    await expect(since).toHaveValue(size)
    await expect(page).toHaveURL('/proofs/integrity')
  })

  await test.step('keys that the reader pins count more than those of the page', async () => {
    await page.goto('/proofs/integrity')
    await page.getByText('Pin your own keys').click()
    const keys = page.getByLabel('Whose keys are believed')
    await keys.fill((await keys.inputValue()).replaceAll(/^log .*$/gm, ''))
    await drop.setInputFiles(join(files, 'evidence.jsonl'))
    await expect(page.getByText('It could not be checked')).toBeVisible()
  })

  await test.step('one value is erased, by name and with a reason', async () => {
    await page.goto(event)
    await page.getByRole('button', { name: 'Erase' }).click()
    await page.getByRole('menuitem', { name: /Erase values of this event/ }).click()
    await expect(page).toHaveURL(`${event}/erase`)
    await page.getByRole('checkbox', { name: /\/actor\/login/ }).check()
    await page.getByLabel('Reason').selectOption('data_subject_request')
    await page.getByRole('button', { name: 'Erase this value' }).click()
    const dialog = page.getByRole('alertdialog')
    await expect(dialog).toContainText('/actor/login')
    await dialog.getByRole('button', { name: 'Erase this value' }).click()
    await expect(page).toHaveURL(event)
    await expect(page.getByText('values erased').first()).toBeVisible()
    await page.goto(event)
    expect((await page.content()).includes(SECRET)).toBe(false)
    await page.goto(`/proofs/trail?q=${SECRET}`)
    await expect(page.getByText('No event passes this filter')).toBeVisible()
    await page.goto('/proofs/settings/retention')
    await expect(page.getByRole('row', { name: /Somebody asked for their data/ })).toContainText(
      '/actor/login',
    )
  })

  await test.step('what is left verifies still, here and outside', async () => {
    await page.goto(event)
    await page.getByRole('button', { name: 'Verify here' }).click()
    await expect(yes).toBeVisible()
    await expect(page.getByText(/1 value, of which only digests are left/)).toBeVisible()
    await page.goto('/proofs/integrity')
    // The notice of the erasure must be sealed to be in the range.
    await page.waitForTimeout(2000)
    await page.reload()
    const bundle = await save(page, page.getByRole('button', { name: 'Download evidence' }), 'after.jsonl')
    expect(readFileSync(bundle, 'utf8').includes(SECRET)).toBe(false)
    expect(await verifyOutside(['bundle', bundle, '--policy', policy])).toMatchObject({ code: 0 })
    await drop.setInputFiles(bundle)
    await expect(page.getByText('Yes: after.jsonl holds')).toBeVisible()
    await expect(page.getByText(/1 event with values erased since/)).toBeVisible()
  })

  await test.step('what somebody with the database changes turns red', async () => {
    const { databaseUrl } = JSON.parse(readFileSync(instancePaths(sealing.dataDir).record, 'utf8'))
    const sql = postgres(databaseUrl, { max: 1 })
    await sql.begin(async (tx) => {
      await tx`set local session_replication_role = replica`
      await tx`update events set body = replace(body, 'ann signed in', 'bob signed in') where id = ${ids[0] ?? ''}`
    })
    await sql.end()
    await page.goto(`/proofs/integrity?event=${ids[0]}`)
    await expect(page.getByText('No: this event is not what was sealed')).toBeVisible()
    await expect(page.getByLabel('failed')).toHaveCount(1)
  })
  expect(problems).toEqual([])
})

test('axe finds nothing on the pages of proof, and none is wider than a phone', async ({ page }) => {
  test.setTimeout(120_000)
  const slug = await signUp(page, 'Clear')
  const pages = [
    ['/integrity?event=0', 'Integrity'],
    ['/settings/integrity', 'Keys & witnesses'],
    ['/settings/retention', 'Retention'],
    ['/settings/retention/erase-actor?actor=ada@clear.example', 'Erase everything about an actor'],
    ['/trail/0', /Ada Lovelace|Workspace/],
    ['/trail/0/erase', 'Erase values'],
  ] as const
  const violations: string[] = []
  for (const [path, heading] of pages)
    for (const colorScheme of ['light', 'dark'] as const)
      for (const width of [1440, 390]) {
        await page.setViewportSize({ width, height: 844 })
        await page.emulateMedia({ colorScheme })
        await page.goto(`/${slug}${path}`)
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading)
        const found = await new AxeBuilder({ page }).analyze()
        for (const { id, nodes } of found.violations)
          violations.push(`${path} ${colorScheme} ${width}: ${id} ${nodes[0]?.html}`)
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
        if (overflow > 0) violations.push(`${path} ${width}: ${overflow} px too wide`)
      }
  expect(violations).toEqual([])
})
