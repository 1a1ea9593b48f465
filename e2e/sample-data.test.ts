import { createTenant, runScript } from './fixtures/operator'
import { expect, test } from './fixtures/test'

test('loading the recorded CloudTrail file twice adds its 103 events once, and nothing else', async ({
  spoor,
}) => {
  const { slug, token } = await createTenant(spoor.dataDir, 'sample')
  const load = () => runScript(spoor.dataDir, 'sample', ['e2e/data/aws-cloudtrail.ndjson', '--tenant', slug])
  // Our own reading of the trail is an event of it too.
  const loaded = async () => {
    const headers = { authorization: `Bearer ${token}` }
    const page = await (await fetch(`${spoor.url}/api/v1/events?limit=1000`, { headers })).json()
    return page.events
      .filter((event: { code?: string }) => event.code !== 'TRAIL_READ')
      .map(({ seq }: { seq: number }) => seq)
  }
  expect(await load()).toContain('103 events added, 0 known already, 0 rejected')
  const seqs = await loaded()
  expect(await load()).toContain('0 events added, 103 known already, 0 rejected')
  expect(await loaded()).toEqual(seqs)
})
