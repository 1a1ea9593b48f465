import { type AddressInfo, createServer } from 'node:net'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { type Receiver, startReceiver } from '@/lib/http/testing/loopback-receiver'
import { chooseDoors, chooseKind, openDialog, preview, save, signUp } from './fixtures/forwarding-steps'
import { expect, test } from './fixtures/test'

let receiver: Receiver

test.beforeEach(async () => {
  receiver = await startReceiver()
})
test.afterEach(() => receiver.close())

type KindCase = {
  label: string
  fill: (page: Page, port: number) => Promise<void>
  /** What the preview shows of the request. */
  wire: RegExp
  name: RegExp
}

const fillText = (page: Page, label: string, value: string) =>
  page.getByLabel(new RegExp(`^${label}\\s*(optional)?$`)).fill(value)

const KINDS: KindCase[] = [
  {
    label: 'HTTP',
    fill: async (page, port) => {
      await page.getByLabel('URL').fill(`http://127.0.0.1:${port}/hook`)
      await page.getByLabel('Body').selectOption('standard_webhook')
      await page.getByRole('button', { name: 'Generate' }).click()
      await expect(page.getByRole('textbox', { name: 'Signing Secret' })).toHaveValue(/^whsec_.{44}$/)
    },
    wire: /webhook-signature: v1,•••/i,
    name: /Webhook to 127\.0\.0\.1/,
  },
  {
    label: 'Splunk HEC',
    fill: async (page, port) => {
      await fillText(page, 'Host', `http://127.0.0.1:${port}`)
      await fillText(page, 'Token', '12345678-90ab-cdef-1234-567890abcdef')
    },
    wire: /\/services\/collector\/event[\s\S]*authorization: Splunk •••/i,
    name: /Splunk at 127\.0\.0\.1/,
  },
  {
    label: 'Datadog',
    fill: async (page, port) => {
      await page.getByLabel('Site').selectOption({ label: 'Another URL' })
      await page.getByLabel('URL').fill(`http://127.0.0.1:${port}/api/v2/logs`)
      await fillText(page, 'API Key', '0123456789abcdef0123456789abcdef')
    },
    wire: /\/api\/v2\/logs[\s\S]*dd-api-key: •••/i,
    name: /Datadog at 127\.0\.0\.1/,
  },
  {
    label: 'S3 log storage',
    fill: async (page, port) => {
      await fillText(page, 'Bucket', 'harbour-audit')
      await fillText(page, 'Region', 'eu-central-1')
      await page.getByLabel('Endpoint').fill(`http://127.0.0.1:${port}`)
      await page.getByRole('checkbox', { name: /^Path Style/ }).check()
      await fillText(page, 'Access Key', 'AUDITKEY')
      await fillText(page, 'Secret Access Key', 'geheim-s3')
      await page.getByLabel('E-Mail Addresses').fill('soc@harbour.example')
      await page.getByRole('button', { name: 'Add Forwarding Destination' }).click()
      const mailed = page.getByRole('combobox', { name: 'Log Types That Also Send an E-Mail' })
      await expect(mailed).toHaveAttribute('aria-invalid', 'true')
      await mailed.fill('doors')
      await page.getByRole('option', { name: 'doors' }).first().click()
      await page.keyboard.press('Escape')
    },
    wire: /PUT http:\/\/127\.0\.0\.1:\d+\/harbour-audit\/tenant%3Dharbour\/stream%3D/,
    name: /S3 bucket harbour-audit/,
  },
  {
    label: 'Syslog',
    fill: async (page, port) => {
      await fillText(page, 'Host', '127.0.0.1')
      await fillText(page, 'Port', String(port))
      await page.getByLabel('Transport').selectOption('tcp')
    },
    wire: /<\d+>1 \d{4}-.*spoor@32473/,
    name: /127\.0\.0\.1/,
  },
]

/** Answers as each of the receivers does. */
function answerAsAll({ path, method }: { path: string; method: string }): [number, string] {
  if (path.includes('/services/collector/health')) return [200, '{"text":"HEC is healthy","code":17}']
  if (path.includes('/services/collector')) return [200, '{"text":"Success","code":0}']
  if (path.includes('/api/v2/logs')) return [202, '{}']
  return [200, method === 'PUT' ? '' : 'ok']
}

test('each kind of receiver is made from its own form, previewed and tested', async ({ page, spoor }) => {
  test.setTimeout(240_000)
  await signUp(page, spoor, 'harbour')
  receiver.answer((request, response) => {
    const [status, body] = answerAsAll(request)
    response.writeHead(status).end(body)
  })
  const syslog = await startTcpReceiver()
  const violations: string[] = []
  for (const { label, fill, wire, name } of KINDS) {
    await test.step(label, async () => {
      await chooseKind(page, 'harbour', label)
      await fill(page, label === 'Syslog' ? syslog.port : receiver.port)
      await chooseDoors(page)
      await expect(preview(page)).toContainText(wire)
      const { violations: found } = await new AxeBuilder({ page }).analyze()
      violations.push(...found.map(({ id, nodes }) => `${label}: ${id} ${nodes[0]?.html}`))
      await save(page)
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(name)
      await page.getByRole('button', { name: 'Test' }).click()
      await expect(openDialog(page).getByText('Delivered', { exact: true })).toBeVisible({ timeout: 20_000 })
      await page.keyboard.press('Escape')
      expect(await page.content()).not.toMatch(/geheim-s3|0123456789abcdef0123456789abcdef|whsec_\w/)
    })
  }
  expect(syslog.received()).toContain('A test event of Spoor')
  syslog.close()
  await page.goto('/harbour/forwarding')
  await expect(page.getByRole('region', { name: 'Forwarding destinations' }).getByRole('switch')).toHaveCount(
    KINDS.length,
  )
  expect(violations).toEqual([])
})

async function startTcpReceiver(): Promise<{ port: number; received(): string; close(): void }> {
  let text = ''
  const server = createServer((socket) => {
    socket.setEncoding('utf8').on('data', (part) => {
      text += part
    })
    socket.on('error', () => {})
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { port, received: () => text, close: () => server.close() }
}
