import { expect, test } from 'vitest'
import { z } from 'zod'
import { AppError } from './app-error'
import { failForm, readForm } from './form-state'
import { parseInput } from './parse-input'

function formOf(...entries: [string, string][]): FormData {
  const form = new FormData()
  for (const [name, value] of entries) form.append(name, value)
  return form
}

const schema = z.strictObject({
  name: z.string({ error: 'Give a name.' }),
  scopes: z.array(z.enum(['a', 'b'])),
})

function send(form: FormData) {
  const values = readForm(form)
  try {
    return { ok: true, result: parseInput(schema, values) }
  } catch (error) {
    return failForm(error, values)
  }
}

test('empty fields are absent, a name with [] is a list, fields of the framework are left out', () => {
  const form = formOf(
    ['name', ''],
    ['scopes[]', 'a'],
    ['scopes[]', 'b'],
    ['scopes[]', ''],
    ['$ACTION_ID', 'x'],
  )
  form.append('file', new Blob(['x']))
  expect(readForm(form)).toEqual({ scopes: ['a', 'b'] })
})

test('what is wrong stands beside its field, and what was typed comes back', () => {
  expect(send(formOf(['scopes[]', 'a'], ['scopes[]', 'z']))).toMatchObject({
    ok: false,
    errors: { name: 'Give a name.', scopes: expect.any(String) },
    values: { scopes: ['a', 'z'] },
  })
})

test('text that no store keeps is refused beside its field before anything else', () => {
  expect(send(formOf(['name', 'a\0b'], ['scopes[]', 'a']))).toMatchObject({
    ok: false,
    errors: { name: expect.stringContaining('cannot be stored') },
  })
  expect(send(formOf(['name', 'ok'], ['scopes[]', 'a'], ['scopes[]', '\0']))).toMatchObject({
    errors: { scopes: expect.stringContaining('cannot be stored') },
  })
  expect(() => parseInput(schema, { name: 'half \ud83d', scopes: [] })).toThrow(AppError)
  const nested = z.strictObject({ steps: z.array(z.strictObject({ expression: z.string() })) })
  expect(() => parseInput(nested, { steps: [{ expression: 'ok' }, { expression: '\0' }] })).toThrow(
    expect.objectContaining({
      details: { violations: [expect.objectContaining({ pointer: '/steps/1/expression' })] },
    }),
  )
  const deep = JSON.parse(`${'['.repeat(200_000)}${']'.repeat(200_000)}`)
  expect(() => parseInput(schema, { name: deep })).toThrow(AppError)
  expect(send(formOf(['name', 'whole \ud83d\ude00'], ['scopes[]', 'a']))).toMatchObject({ ok: true })
})

test('what is wrong with the whole form is its message', () => {
  expect(send(formOf(['name', 'x'], ['scopes[]', 'a'], ['surprise', '1']))).toMatchObject({
    ok: false,
    message: expect.stringContaining('surprise'),
  })
})

test('passwords and keys never come back, not even to who typed them', () => {
  const form = formOf(['password', 'p'], ['apiKey', 'k'], ['clientSecret', 's'], ['name', 'n'])
  const state = failForm(new AppError('invalid', 'No.'), readForm(form))
  expect(state).toMatchObject({ values: { name: 'n' } })
  expect(Object.keys((state as { values: object }).values)).toEqual(['name'])
})

test('a form cannot reach the prototype of what is read from it', () => {
  const values = readForm(formOf(['constructor', 'y'], ['__proto__[]', 'polluted']))
  expect(Object.getPrototypeOf(values)).toBe(Object.prototype)
  expect(Object.keys(values)).toEqual(['constructor', '__proto__'])
})

test('a bug is not turned into a message', () => {
  expect(() => failForm(new TypeError('a bug'), {})).toThrow(TypeError)
})
