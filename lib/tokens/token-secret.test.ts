import { expect, test } from 'vitest'
import { hashTokenSecret, isTokenSecret, newTokenSecret, shownPartOf } from './token-secret'

test('a new token is letters and digits behind its prefix, and no two are alike', () => {
  const secrets = Array.from({ length: 200 }, newTokenSecret)
  expect(new Set(secrets).size).toBe(200)
  for (const secret of secrets) {
    expect(secret).toMatch(/^spoor_[0-9A-Za-z]{49}$/)
    expect(isTokenSecret(secret)).toBe(true)
  }
})

test('a single wrong, missing or added character is recognised', () => {
  const secret = newTokenSecret()
  for (let at = 0; at < secret.length; at++) {
    const other = secret.charAt(at) === 'x' ? 'y' : 'x'
    expect(isTokenSecret(secret.slice(0, at) + other + secret.slice(at + 1))).toBe(false)
    expect(isTokenSecret(secret.slice(0, at) + secret.slice(at + 1))).toBe(false)
  }
  expect(isTokenSecret(`${secret} `)).toBe(false)
  expect(isTokenSecret('')).toBe(false)
})

test('what is stored and shown does not give the token away', () => {
  const secret = newTokenSecret()
  expect(hashTokenSecret(secret)).toHaveLength(32)
  expect(shownPartOf(secret)).toHaveLength(12)
  expect(secret.startsWith(shownPartOf(secret))).toBe(true)
})
