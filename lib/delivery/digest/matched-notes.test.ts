import { describe, expect, test } from 'vitest'
import { eventLetter } from '@/lib/delivery/destinations/email/event-letter'
import { toMessage } from '@/lib/delivery/destinations/webhook/message'
import { noticeOf } from '@/lib/delivery/destinations/webhook/notice'
import { HOSTILE, readAsMarkup } from '@/lib/delivery/destinations/webhook/testing/hostile'
import { PLACE, SENDER } from '@/lib/delivery/destinations/webhook/testing/messages'
import { either, matchedEvent, walter } from '@/lib/delivery/testing/matched'
import { writeLetter } from '@/lib/mail/letter'
import { digestOf } from './digest'
import { toEventNote } from './event-note'

const input = { actor: { login: 'wardog' }, targets: [{ type: 'account', name: 'jane' }] }
const jane = { ...walter, display: 'Jane Doe' }

test('a note names people as the ledger does, and behind it as the event does', () => {
  expect(toEventNote(matchedEvent(input, { actor: walter, targets: [jane] }))).toMatchObject({
    title: 'Walter Ardog (wardog) added account Jane Doe (jane)',
    actor: 'Walter Ardog (wardog)',
    target: 'Jane Doe (jane)',
  })
})

test('a note names somebody whom the event knows only by a SID', () => {
  const event = matchedEvent({ actor: { identity: 'S-1-5-21-1104' } }, { actor: walter })
  expect(toEventNote(event)).toMatchObject({
    title: 'Walter Ardog (S-1-5-21-1104) added',
    actor: 'Walter Ardog',
  })
})

test('a note names nobody where several fit, or nobody does', () => {
  for (const matched of [{ actor: either, targets: [null] }, {}])
    expect(toEventNote(matchedEvent(input, matched))).toMatchObject({
      title: 'wardog added account jane',
      actor: 'wardog',
      target: 'jane',
    })
})

test('a message of the event’s own stays as it is', () => {
  const event = matchedEvent({ ...input, message: 'a door was opened' }, { actor: walter })
  expect(toEventNote(event)).toMatchObject({ title: 'a door was opened', actor: 'Walter Ardog (wardog)' })
})

describe('whatever names the ledger has, they are only text', () => {
  test.each(HOSTILE)('%s', (_, display) => {
    const digest = digestOf([
      matchedEvent(input, { actor: { ...walter, display }, targets: [{ ...jane, display }] }),
    ])
    const notice = noticeOf(digest, PLACE, { maxText: 4_000, mayHaveArrived: false })
    const { text, attachments } = toMessage(notice, { ...SENDER, flavour: 'compatible' })
    const told = [text, ...(attachments ?? []).flatMap(({ fields }) => fields.map(({ value }) => value))]
    expect(told.flatMap(readAsMarkup)).toEqual([])
    expect(told.join()).toContain('(wardog)')
    // Each fact is one line of the letter.
    const user = writeLetter(eventLetter(digest, PLACE))
      .text.split('\n')
      .filter((line) => line.startsWith('User: '))
    expect(user).toEqual([expect.stringMatching(/ \(wardog\)$/)])
  })
})
