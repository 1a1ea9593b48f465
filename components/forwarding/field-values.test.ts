import { expect, it } from 'vitest'
import type { FieldDeclaration } from '@/lib/delivery/destinations/fields'
import { initialValue, isShown, toFormData } from './field-values'

const BODY: FieldDeclaration = {
  name: 'body',
  label: 'Body',
  control: 'choice',
  initial: 'json',
  options: [
    { value: 'json', label: 'JSON' },
    { value: 'signed', label: 'Signed' },
  ],
}
const SECRET: FieldDeclaration = {
  name: 'signingSecret',
  label: 'Secret',
  control: 'secret',
  when: { field: 'body', is: ['signed'] },
}
const HINT: FieldDeclaration = {
  name: 'rotates',
  label: 'Rotates',
  control: 'switch',
  initial: true,
  when: { field: 'signingSecret', is: [''] },
}
const FIELDS = [BODY, SECRET, HINT]

it('begins a new destination with what is declared', () => {
  expect(initialValue(BODY)).toBe('json')
  expect(initialValue(HINT)).toBe(true)
  expect(initialValue({ ...BODY, initial: undefined })).toBe('json')
})

it('begins an edit with what is stored, also where that is nothing', () => {
  expect(initialValue(BODY, { body: 'signed' })).toBe('signed')
  expect(initialValue(HINT, { rotates: false })).toBe(false)
  expect(
    initialValue({ name: 'port', label: 'Port', control: 'number', initial: '514' }, { port: null }),
  ).toBe('')
  expect(
    initialValue({ name: 'to', label: 'To', control: 'lines' }, { to: ['a@b.example', 'c@d.example'] }),
  ).toBe('a@b.example\nc@d.example')
})

it('never begins with a secret, whatever is stored', () =>
  expect(initialValue(SECRET, { signingSecret: 'whsec_x' })).toBe(''))

it('hides a field whose condition does not hold, and what depends on a hidden one', () => {
  const values = { body: 'json', signingSecret: '', rotates: true }
  expect(FIELDS.map((field) => isShown(field, FIELDS, values))).toEqual([true, false, false])
  expect(FIELDS.map((field) => isShown(field, FIELDS, { ...values, body: 'signed' }))).toEqual([
    true,
    true,
    true,
  ])
})

it('sends what a form would send', () => {
  const form = toFormData({
    url: 'https://x.example',
    note: '',
    gzip: true,
    ack: false,
    types: ['a', 'b'],
    levels: [],
  })
  expect([...form]).toEqual([
    ['url', 'https://x.example'],
    ['gzip', 'true'],
    ['types[]', 'a'],
    ['types[]', 'b'],
  ])
})
