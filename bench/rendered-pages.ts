import { chromium } from '@playwright/test'
import type postgres from 'postgres'
import { findBrowser } from '@/e2e/fixtures/browser'
import { startSpoorServer } from '@/e2e/fixtures/spoor-server'
import { hashPassword } from '@/lib/auth/password'
import { newEventId } from '@/lib/event/event-id'
import type { LoadedTenant } from './load-trails'
import { quantile } from './statistics'

const RUNS = 30
const READER = { email: 'reader@bench.example', password: 'a long enough password' }

/** Pages as a reader opens them: all of the trail, common, rare and absent values, text. */
const QUERIES = [
  '',
  'type=admin',
  'minLevel=warning',
  'actor=nobody',
  'q=user1',
  'q=xqzv',
  'type=admin&action=created&status=fail',
]

/** A person who may read the tenants' trails. */
export async function addReader(client: postgres.Sql, tenants: readonly LoadedTenant[]): Promise<void> {
  const [known] = await client`select id from users where email = ${READER.email}`
  const id = known?.id ?? newEventId(Date.now())
  const password_hash = await hashPassword(READER.password)
  if (!known)
    await client`insert into users ${client({ id, email: READER.email, name: 'Reader', password_hash })}`
  for (const tenant of tenants)
    await client`insert into members ${client({ tenant_id: tenant.id, user_id: id, role: 'auditor' })} on conflict do nothing`
}

/** How long the server takes for whole pages, over HTTP and with a session as the browser has it, until the last byte. */
export async function benchRenderedPages(dataDir: string, tenants: readonly LoadedTenant[]): Promise<void> {
  const server = await startSpoorServer({ dataDir })
  const browser = await chromium.launch(findBrowser())
  try {
    const context = await browser.newContext({ baseURL: server.url })
    const page = await context.newPage()
    await page.goto('/sign-in')
    await page.getByLabel('E-mail address').fill(READER.email)
    await page.getByLabel('Password', { exact: true }).fill(READER.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    // A person of several workspaces is not sent into one of them.
    await page.waitForURL((url) => url.pathname !== '/sign-in')
    const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
    await browser.close()
    console.log(
      `\nrendered pages of 50, ${RUNS} each: until the table is there, and until the last byte with counts; ms`,
    )
    for (const { slug, events } of tenants) {
      const table: number[] = []
      const whole: number[] = []
      for (const query of QUERIES) {
        for (let run = 0; run <= RUNS; run++) {
          const times = await readPage(`${server.url}/${slug}/trail?${query}`, cookie)
          if (run === 0) continue
          table.push(times.tableMs)
          whole.push(times.wholeMs)
        }
      }
      const text = (times: number[]) =>
        `p50 ${quantile(times, 0.5).toFixed(0)}, p95 ${quantile(times, 0.95).toFixed(0)}`
      console.log(
        `  ${slug}, ${events.toLocaleString('en')} events: table ${text(table)}; whole ${text(whole)}`,
      )
    }
  } finally {
    await browser.close()
    await server.end('SIGTERM')
  }
}

/** Reads a streamed page: the rows come first, what counts comes behind. */
async function readPage(url: string, cookie: string): Promise<{ tableMs: number; wholeMs: number }> {
  const start = performance.now()
  const response = await fetch(url, { headers: { cookie, accept: 'text/html' } })
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}`)
  const decoder = new TextDecoder()
  let text = ''
  let tableMs = 0
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true })
    if (tableMs === 0 && /<table|No event passes/.test(text)) tableMs = performance.now() - start
  }
  if (tableMs === 0) throw new Error(`${url} has neither rows nor says that there are none`)
  return { tableMs, wholeMs: performance.now() - start }
}
