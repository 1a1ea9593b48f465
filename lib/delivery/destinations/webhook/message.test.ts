import { describe, expect, test } from 'vitest'
import { FLAVOURS } from './config'
import { MAX_BLOCKS, MAX_FIELDS, MAX_HEADER, MAX_SECTION, MAX_TEXT, MAX_TEXT_DISCORD } from './limits'
import { countMessage, toMessage, type WebhookMessage } from './message'
import { noticeOf } from './notice'
import { readAsMarkup } from './testing/hostile'
import { DIGESTS, HOSTILE_DIGEST, PLACE, RULE, SENDER } from './testing/messages'

type Flavour = (typeof FLAVOURS)[number]
type Options = Parameters<typeof noticeOf>[2]

const PLAIN: Options = { maxText: MAX_TEXT, mayHaveArrived: false }
const write = (digest: typeof HOSTILE_DIGEST, flavour: Flavour, options: Partial<Options> = {}) =>
  toMessage(noticeOf(digest, PLACE, { ...PLAIN, ...options }), { ...SENDER, flavour })

const cases = FLAVOURS.flatMap((flavour) =>
  Object.keys(DIGESTS).map((name): [string, Flavour] => [name, flavour]),
)
const digestNamed = (name: string) => DIGESTS[name] as NonNullable<(typeof DIGESTS)[string]>

test.each(cases)('%s as %s is as the golden file has it', async (name, flavour) => {
  const { digest, rule } = digestNamed(name)
  const message = write(digest, flavour, { rule })
  await expect(`${JSON.stringify(message, null, 2)}\n`).toMatchFileSnapshot(`golden/${name}.${flavour}.json`)
})

/** Every text in a message but what Spoor's own links are made of. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(textsOf)
  if (typeof value !== 'object' || value === null) return []
  const { title_link: _, icon_url: __, channel: ___, color: ____, ...rest } = value as Record<string, unknown>
  const isOurLink =
    rest.type === 'mrkdwn' &&
    /^<https:\/\/audit\.acme\.test\/[^<>|\s]+\|Open [a-z ]+>$/.test(String(rest.text))
  return isOurLink ? [] : Object.values(rest).flatMap(textsOf)
}

const markupIn = (message: WebhookMessage) =>
  textsOf(message).flatMap((text) => text.split('\n').flatMap(readAsMarkup))

describe.each(FLAVOURS)('%s', (flavour) => {
  const alarms = [1, 2, 3].map((seq) => ({
    group: HOSTILE_DIGEST.listed[0]?.title ?? '',
    seq,
    at: HOSTILE_DIGEST.to,
    since: HOSTILE_DIGEST.from,
    events: 500,
    listed: HOSTILE_DIGEST.listed,
  }))
  const [note] = HOSTILE_DIGEST.listed
  const hostile: [string, typeof HOSTILE_DIGEST, Partial<Options>][] = [
    ['many events', HOSTILE_DIGEST, {}],
    ['one event', { ...HOSTILE_DIGEST, events: 1, listed: note ? [note] : [] }, {}],
    ['an alarm', { ...HOSTILE_DIGEST, alarms: alarms.slice(0, 1) }, { rule: RULE }],
    ['alarms', { ...HOSTILE_DIGEST, alarms }, { rule: { ...RULE, per: 'ip' } }],
  ]

  test.each(hostile)('no word of %s is more than text, anywhere in the message', (_, digest, options) => {
    expect(markupIn(write(digest, flavour, options))).toEqual([])
  })

  test.each(hostile)('a message about %s keeps within what receivers take', (_, digest, options) => {
    const message = write(digest, flavour, options)
    expect(JSON.stringify(textsOf(message)).length).toBeLessThan(13_000)
    expect(message.text.length).toBeLessThan(2_000)
    for (const { text = '', fields } of message.attachments ?? []) {
      expect(text.length).toBeLessThanOrEqual(MAX_TEXT + 200)
      for (const { value } of fields) expect(value.length).toBeLessThanOrEqual(1_024)
    }
    expect(message.blocks?.length ?? 0).toBeLessThanOrEqual(MAX_BLOCKS)
    for (const block of message.blocks ?? []) {
      if (block.type === 'header') expect(block.text.text.length).toBeLessThanOrEqual(MAX_HEADER)
      if (block.type === 'section' && 'text' in block)
        expect(block.text.text.length).toBeLessThanOrEqual(MAX_SECTION)
      if ('fields' in block) expect(block.fields.length).toBeLessThanOrEqual(MAX_FIELDS)
    }
  })

  test.each(hostile)('and within what Discord takes: %s', (_, digest, options) => {
    const message = write(digest, flavour, { ...options, maxText: MAX_TEXT_DISCORD })
    const [embed] = message.attachments ?? []
    expect(embed?.text?.length ?? 0).toBeLessThanOrEqual(4_096)
    const { fallback: _fallback, color: _color, title_link: _link, ...counted } = embed ?? {}
    expect(textsOf(counted).join('').length).toBeLessThanOrEqual(6_000)
  })

  test('what is not listed is counted, so that no event is lost', () => {
    const text = textsOf(write(HOSTILE_DIGEST, flavour)).join('\n')
    const listed = text.match(/^• /gm)?.length ?? 0
    expect(listed).toBeGreaterThan(3)
    expect(text).toContain(`… and ${80 - listed} more in the trail`)
    expect(text).toContain('80 events in acme: 80 critical')
  })
})

test('of more events than are listed the most severe are told, in the order of the trail', () => {
  const { digest } = digestNamed('many')
  const lines = noticeOf(digest, PLACE, PLAIN).lines
  expect(lines).toHaveLength(20)
  expect(lines.filter((line) => line.includes(' · error · '))).toHaveLength(5)
  expect([...lines].sort()).toEqual(lines)
})

test('nothing is sent that Slack or Discord refuse a whole message for: no empty value, no empty list', () => {
  const [note] = DIGESTS.one?.digest.listed ?? []
  const { actor: _, ...nobodys } = note ?? expect.fail()
  const blank = { ...nobodys, actor: '  ', action: '\t', target: '\n' }
  for (const listed of [[blank], [{ ...nobodys, seq: -1 }]])
    for (const flavour of FLAVOURS) {
      const digest = { ...digestNamed('one').digest, firstSeq: listed[0]?.seq ?? 0, listed }
      const { attachments = [], blocks = [] } = write(digest, flavour)
      expect(attachments.flatMap(({ fields }) => fields.map(({ value }) => value))).not.toContain('')
      expect(JSON.stringify(blocks)).not.toMatch(/"fields":\[\]|\\n"/)
    }
})

test('a message that may have come before says so', () => {
  const { digest } = digestNamed('one')
  expect(noticeOf(digest, PLACE, { ...PLAIN, mayHaveArrived: true }).footer).toMatch(/sent again/)
})

test('a message that only counts has no word of the events', () => {
  const message = countMessage(80, PLACE, SENDER)
  expect(message).toEqual({
    username: 'spoor',
    icon_url: 'https://acme.test/icon.png',
    channel: '#audit',
    text: '80 events in acme. What they say was refused here; the trail has it: https://audit.acme.test/acme/trail',
    link_names: false,
    unfurl_links: false,
    unfurl_media: false,
  })
})
