import { expect, test } from 'vitest'
import { stepUploads, type Upload, type UploadStep, uploadsInWords } from './upload-queue'

const run = (...steps: UploadStep[]) => steps.reduce<readonly Upload[]>(stepUploads, [])
const TWO: UploadStep = {
  kind: 'added',
  files: [
    { name: 'a.csv', size: 10 },
    { name: 'b.csv', size: 20 },
  ],
}

test('each file goes from waiting over sending to its end, and says why it was refused', () => {
  const uploads = run(
    TWO,
    { kind: 'begun', key: 1 },
    { kind: 'sent', key: 1, share: 0.5 },
    { kind: 'ended', key: 1, state: 'refused', message: 'It is a zip archive.' },
  )
  expect(uploads).toEqual([
    { key: 1, name: 'a.csv', bytes: 10, state: 'refused', share: 1, message: 'It is a zip archive.' },
    { key: 2, name: 'b.csv', bytes: 20, state: 'waiting', share: 0 },
  ])
})

test('clearing keeps what is on its way, and a file that ended stays as it ended', () => {
  const ended: UploadStep = { kind: 'ended', key: 1, state: 'stopped' }
  expect(run(TWO, { kind: 'begun', key: 2 }, ended, { kind: 'cleared' })).toMatchObject([{ key: 2 }])
  expect(run(TWO, ended, { kind: 'sent', key: 1, share: 0.2 })[0]).toMatchObject({
    state: 'stopped',
    share: 1,
  })
})

test('the end is told in one line', () => {
  const all = run(
    TWO,
    TWO,
    { kind: 'ended', key: 1, state: 'received' },
    { kind: 'ended', key: 2, state: 'received' },
    { kind: 'ended', key: 3, state: 'duplicate' },
    { kind: 'ended', key: 4, state: 'refused' },
  )
  expect(uploadsInWords(all)).toBe('2 files received, 1 there already, 1 refused')
})
