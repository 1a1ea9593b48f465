import { describe, expect, test } from 'vitest'
import { AppError } from '@/lib/errors/app-error'
import { parseInput } from '@/lib/errors/parse-input'
import { makeAuthority } from '@/lib/http/testing/authority'
import { configureEmail, emailInputSchema } from './config'

const OWN = {
  to: 'soc@example.com',
  server: 'own',
  hostname: 'mail.example.com',
  username: 'spoor',
  password: 'geheim',
  from: 'spoor@example.com',
}
const configure = (input: object, before?: Parameters<typeof configureEmail>[1]) =>
  configureEmail(parseInput(emailInputSchema, input), before)

/** The field that is complained about. */
function complaint(input: object, before?: Parameters<typeof configureEmail>[1]): string | undefined {
  try {
    configure(input, before)
    return undefined
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return error.details.violations?.[0]?.pointer
  }
}

test('addresses alone are enough: by this Spoor’s server, at once', () => {
  expect(configure({ to: ' soc@example.com \n\nchief@example.com\nsoc@example.com' })).toEqual({
    config: { to: ['soc@example.com', 'chief@example.com'], everySeconds: 0, server: 'instance' },
    secrets: {},
  })
})

test.each([
  [{ to: '' }, '/to'],
  [{ to: 'soc' }, '/to/0'],
  [{ to: 'soc@example.com\nsoc@example.com, x@example.com' }, '/to/1'],
  [{ to: ['soc@example.com\r\nBcc: x@example.com'] }, '/to/0'],
  [{ to: Array.from({ length: 51 }, (_, n) => `a${n}@example.com`) }, '/to'],
  [{ to: 'soc@example.com', everySeconds: '7' }, '/everySeconds'],
  [{ ...OWN, hostname: undefined }, '/hostname'],
  [{ ...OWN, hostname: '127.0.0.1' }, '/hostname'],
  [{ ...OWN, hostname: 'localhost' }, '/hostname'],
  [{ ...OWN, hostname: '0x7f.1' }, '/hostname'],
  [{ ...OWN, hostname: 'mail.example.com:25' }, '/hostname'],
  [{ ...OWN, port: '22' }, '/port'],
  [{ ...OWN, port: 443 }, '/port'],
  [{ ...OWN, from: undefined }, '/from'],
  [{ ...OWN, from: 'Spoor' }, '/from'],
  [{ ...OWN, username: undefined }, '/username'],
  [{ ...OWN, password: undefined }, '/password'],
  [{ ...OWN, username: 'a\r\nRCPT TO:<x@y.z>' }, '/username'],
  [{ ...OWN, password: 'a\nb' }, '/password'],
])('%j: the complaint is about %s', (input, field) => expect(complaint(input)).toBe(field))

test.each([
  ['starttls', 587],
  ['implicit', 465],
  ['opportunistic', 25],
  ['none', 25],
])('with TLS %s the port is %d unless another one is given', (tls, port) => {
  expect(configure({ ...OWN, tls }).config).toMatchObject({ tls, port })
  expect(configure({ ...OWN, tls, port: '2525' }).config).toMatchObject({ port: 2525 })
})

describe('the stored password', () => {
  const { config } = configure(OWN)
  const before = { config, secretNames: ['password'] }
  const { password: _, ...again } = OWN

  test('stays with the server that it was entered for', () => {
    expect(configure({ ...again, from: 'other@example.com' }, before).secrets).toEqual({})
    expect(complaint({ ...again, hostname: 'evil.example.com' }, before)).toBe('/password')
    expect(complaint({ ...again, port: '2525' }, before)).toBe('/password')
    expect(complaint({ ...again, port: '587', tls: 'none' }, before)).toBe('/password')
    expect(complaint({ ...again, port: '587', tls: 'opportunistic' }, before)).toBe('/password')
    expect(complaint({ ...again, username: 'root' }, before)).toBe('/password')
    expect(complaint({ ...again, ca: makeAuthority().ca }, before)).toBe('/password')
  })

  test('is forgotten where nothing needs it any more', () => {
    expect(configure({ ...again, username: undefined }, before).secrets).toEqual({ password: null })
    expect(configure({ to: 'soc@example.com' }, before).secrets).toEqual({ password: null })
  })
})
