import { expect, it } from 'vitest'
import { displayedText, readChatMessage } from './chat-message'

it('reads what Slack and its kin take', () => {
  const body = JSON.stringify({ text: 'one', attachments: [{ title: 'two', ts: 1 }] })
  expect(readChatMessage(body)).toMatchObject({ text: 'one', attachments: [{ title: 'two', fields: [] }] })
})

it('takes nothing else for a message', () => {
  for (const body of ['', 'text', '[]', '{"text":1}', '{"title":"x"}'])
    expect(readChatMessage(body)).toBeUndefined()
})

it('shows links by their words and entities as signs, and undoes entities once', () => {
  expect(displayedText('<https://spoor.example/acme|Open the trail> &lt;b&gt; &amp;lt;')).toBe(
    'Open the trail <b> &lt;',
  )
  expect(displayedText('<https://spoor.example>')).toBe('https://spoor.example')
})
