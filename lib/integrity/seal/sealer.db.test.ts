import { randomUUID } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { MASTER_SECRET } from '@/lib/integrity/testing/sealed-log'
import { LogSigner } from './log-signer'
import { PublishedHeads } from './published-heads'
import { Sealer } from './sealer'

useTestDatabase()

test('a sealer says once that a log which was published is not in the database', async () => {
  const published = new PublishedHeads()
  const sealer = new Sealer({ signer: new LogSigner(MASTER_SECRET), published, now: Date.now })
  const warned: string[] = []
  const log = vi.spyOn(process.stderr, 'write').mockImplementation((line) => warned.push(String(line)) > 0)
  await sealer.run({ budgetMs: 1_000 })
  expect(warned).toEqual([])
  const lost = randomUUID()
  published.note([{ logId: lost, note: `example.org/log/${lost}\n7\nroot\n\n` }])
  const next = new Sealer(sealer.tools)
  await next.run({ budgetMs: 1_000 })
  await next.run({ budgetMs: 1_000 })
  log.mockRestore()
  expect(warned).toHaveLength(1)
  expect(warned[0]).toContain(lost)
})
