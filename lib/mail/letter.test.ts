import { expect, test } from 'vitest'
import { writeLetter } from './letter'

test('a letter says the same as text and as HTML, in order', () => {
  const { text, html } = writeLetter({
    title: 'Forwarding fails',
    paragraphs: ['Since yesterday nothing arrives.'],
    facts: [['Receiver', 'logs.example.com']],
    items: [{ text: 'jdoe signed in', note: 'info' }],
    action: { label: 'Open it', url: 'https://audit.acme.test/acme/forwarding?a=1&b=2' },
    footer: 'You get this because you own the workspace.',
  })
  expect(text).toBe(`Forwarding fails

Since yesterday nothing arrives.

Receiver: logs.example.com

- jdoe signed in
  info

Open it: https://audit.acme.test/acme/forwarding?a=1&b=2

-- 
You get this because you own the workspace.
`)
  const words = ['Forwarding fails', 'Since yesterday', 'logs.example.com', 'jdoe signed in', 'Open it']
  const places = words.map((word) => html.lastIndexOf(word))
  expect(places).toEqual([...places].sort((a, b) => a - b))
  expect(html).toContain('href="https://audit.acme.test/acme/forwarding?a=1&amp;b=2"')
})

test('what others wrote is neither markup nor a line of its own', () => {
  const evil = '</td><script>x</script>\n-- \n"\'&'
  const { text, html } = writeLetter({
    title: evil,
    paragraphs: [evil],
    facts: [[evil, evil]],
    items: [{ text: evil, note: evil }],
  })
  expect(html).not.toContain('<script>')
  expect(text).not.toMatch(/^-- /m)
})

test('a short letter is short', () => {
  expect(writeLetter({ title: 'Hello' }).text).toBe('Hello\n')
  expect(writeLetter({ title: 'Hello' }).html).not.toMatch(/false|undefined/)
})
