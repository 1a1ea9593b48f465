import { expect, test } from 'vitest'
import { answerWith } from '@/lib/http/testing/loopback-receiver'
import { removeEntity } from '@/lib/ledger/entities/remove'
import { saveEntity } from '@/lib/ledger/entities/save'
import { matchTenant } from '@/lib/ledger/matching/match-tenant'
import { addDestination, appendNumbered } from './testing/deliveries'
import { useDeliveries } from './testing/use-deliveries'

const given = useDeliveries()
const match = () => matchTenant(given.scope, { budgetMs: 20_000 })

type Sent = { matched?: { actor?: { display: string } } }
const names = () =>
  given.receiver.received.map(({ body }) => (JSON.parse(body) as Sent[])[0]?.matched?.actor?.display)

test('a ledger, its matching and a destination: a renamed account is told as frozen, a removed one no more', async () => {
  const account = (displayName: string) =>
    saveEntity(given.scope, {
      type: 'account',
      key: 'wardog',
      displayName,
      attributes: { login: 'wardog' },
      links: { repository: ['THESHIRE'] },
    })
  const { id } = await account('Walter Ardog')
  await addDestination(given.scope, { url: given.receiver.url, types: ['relay'], carriesMatches: true })
  await appendNumbered(given.scope, 1, () => ({ actor: { login: 'wardog', repository: 'THESHIRE' } }))
  expect(await given.run()).toMatchObject({ streams: 0 })
  await match()
  given.receiver.answer(answerWith(503))
  await given.run()
  for (const change of [() => account('Somebody Else'), () => removeEntity(given.scope, { id })]) {
    await change()
    await match()
    await given.makeDue()
    await given.run()
  }
  expect(names()).toEqual(['Walter Ardog', 'Walter Ardog', undefined])
})
