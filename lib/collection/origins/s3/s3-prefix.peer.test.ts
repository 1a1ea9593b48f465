import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { FoundFile } from '@/lib/collection/origins/found-file'
import { type OriginInput, originSchema } from '@/lib/collection/origins/origin'
import { nameMatcher, reachesBelow } from '@/lib/collection/silos/match-name'
import { newPeerBucket, type PeerBucket } from '@/lib/delivery/destinations/s3/testing/peer-bucket'
import { describePeer } from '@/lib/delivery/testing/describe-peer'
import { parseInput } from '@/lib/errors/parse-input'
import { configureS3Origin } from './configure-s3-origin'
import { openS3Prefix } from './open-s3-prefix'

const KEYS_A_PAGE = 3
const MIB = 2 ** 20

for (const name of ['radosgw', 'swift'] as const)
  describePeer(name, (peer) => {
    let bucket: PeerBucket
    beforeAll(async () => {
      bucket = await newPeerBucket(peer())
      for (const key of ['logs/a.csv', 'logs/b (1) & ü+%.csv', 'logs/c.txt', 'logs/sub/d.csv', 'e.csv'])
        await bucket.put({ Key: key, Body: `content of ${key}` })
    })
    beforeEach(() => void vi.stubEnv('SPOOR_ALLOW_NETWORKS', '127.0.0.1/32'))

    function open(changes: Record<string, unknown> = {}) {
      const given = parseInput(originSchema, { kind: 's3', prefix: 'logs/', ...bucket.input, ...changes })
      const { origin, secret } = configureS3Origin(given as Extract<OriginInput, { kind: 's3' }>)
      if (origin.kind !== 's3') throw new Error('a bucket became something else')
      return openS3Prefix(
        origin,
        { tenantSlug: 'acme', owner: `peer ${name}`, secret: secret ?? undefined },
        KEYS_A_PAGE,
      )
    }
    async function find(pattern = '*', changes: Record<string, unknown> = {}): Promise<FoundFile[]> {
      const found: FoundFile[] = []
      const names = { isTaken: nameMatcher(pattern), reachesBelow: reachesBelow(pattern) }
      for await (const files of open(changes).find(names)) found.push(...files)
      return found
    }
    async function read(file: FoundFile | undefined): Promise<Buffer> {
      const parts: Uint8Array[] = []
      if (file) for await (const part of file.read()) parts.push(part)
      return Buffer.concat(parts)
    }

    test('finds what fits the prefix and the pattern, and reads each', async () => {
      const found = await find('*.csv')
      expect(found.map((file) => file.name)).toEqual(['a.csv', 'b (1) & ü+%.csv'])
      for (const file of found) expect(String(await read(file))).toBe(`content of ${file.place}`)
      expect((await find('**/*.csv')).map((file) => file.name)).toContain('sub/d.csv')
      expect(await find('*', { prefix: 'nothing/' })).toEqual([])
    })

    test('marks stay until the object is another one, which is then not read for the old one', async () => {
      await bucket.put({ Key: 'marks/a.csv', Body: 'old' })
      const [before] = await find('*', { prefix: 'marks/' })
      expect((await find('*', { prefix: 'marks/' }))[0]?.mark).toBe(before?.mark)
      await bucket.put({ Key: 'marks/a.csv', Body: 'new' })
      expect((await find('*', { prefix: 'marks/' }))[0]?.mark).not.toBe(before?.mark)
      await expect(read(before)).rejects.toMatchObject({
        code: 'invalid',
        message: expect.stringContaining('replaced meanwhile'),
      })
    })

    test('an object of many MiB comes whole', async () => {
      const body = Buffer.alloc(20 * MIB, 'at;login;what\n')
      await bucket.put({ Key: 'large/a.csv', Body: body })
      const [file] = await find('*', { prefix: 'large/' })
      expect(file?.bytes).toBe(body.length)
      expect((await read(file)).equals(body)).toBe(true)
    })

    test('more objects than fit a page come page by page', async () => {
      const keys = Array.from({ length: 2 * KEYS_A_PAGE + 1 }, (_, i) => `many/${i}.csv`)
      for (const Key of keys) await bucket.put({ Key, Body: Key })
      expect((await find('*', { prefix: 'many/' })).map((file) => file.place)).toEqual(keys)
    })

    test.each([
      ['a bucket that is not there', { bucket: 'spoor-nowhere' }, /no such bucket/],
      ['a wrong secret', { secretAccessKey: 'wrong' }, /secret access key/],
      ['an unknown access key', { accessKeyId: 'NOBODY' }, /access key/],
    ])('%s is told in words', async (_, changes, message) => {
      await expect(find('*', changes)).rejects.toMatchObject({
        code: 'invalid',
        message: expect.stringMatching(message),
      })
    })
  })
