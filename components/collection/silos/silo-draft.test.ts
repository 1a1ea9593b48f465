import { expect, test } from 'vitest'
import { createSiloSchema, updateSiloSchema } from '@/lib/collection/silos/input'
import { type EditedSilo, inputOf, toDraft } from './silo-draft'

const LINE = '0197a9c2-0000-7000-8000-000000000001'
const SILO: EditedSilo = {
  name: 'ad',
  note: 'Domain controllers',
  lineId: LINE,
  origin: {
    kind: 's3',
    bucket: 'logs',
    region: 'eu-central-1',
    pathStyle: true,
    prefix: 'ad/',
    accessKeyId: 'AKIA1',
  },
  hasSecret: true,
  pattern: '*.csv',
  reading: { quote: '', delimiter: '\t' },
  collectsAtOnce: true,
  keepDays: 7,
  updatedAt: '2026-11-20T10:00:00.000Z',
}

test('a silo that is opened and saved stays as it was, and its secret is not sent', () => {
  const input = updateSiloSchema.parse({ silo: 'ad', ...inputOf(toDraft(SILO)) })
  const { name, hasSecret, updatedAt, ...kept } = SILO
  expect(input).toEqual({ silo: name, ...kept })
})

test('of the origins only the chosen one is sent', () => {
  const input = inputOf({ ...toDraft(SILO), kind: 'upload' })
  expect(input.origin).toEqual({ kind: 'upload' })
  expect(inputOf({ ...toDraft(SILO), kind: 'folder', path: '/logs' }).origin).toEqual({
    kind: 'folder',
    path: '/logs',
  })
})

test('what is detected is left out, and no quotes at all is a choice', () => {
  const blank = createSiloSchema.parse({ name: 'new-one', ...inputOf(toDraft(undefined)) })
  expect(blank).toMatchObject({ lineId: null, origin: { kind: 'upload' }, reading: {}, keepDays: 30 })
  expect(createSiloSchema.parse({ name: 'a', ...inputOf(toDraft(SILO)) }).reading).toEqual({
    quote: '',
    delimiter: '\t',
  })
})
