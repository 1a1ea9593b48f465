import { gzipSync } from 'node:zlib'
import { MAX_CONTENT_BYTES } from '@/lib/ledger/imports/limits'
import { LARGE, type Provocations, type Sent, send } from './provocation'
import { BY_LOGIN, groupsCsv, type WalkedLedger } from './walked-ledger'

const NOWHERE = '019a9d0c-0000-7000-8000-000000000000'
const STALE = '2001-01-01T00:00:00Z'

/** What the statuses of the ledger's operations need. `walked` is there only when the test runs. */
export function ledgerProvocations(walked: () => WalkedLedger): Record<string, Provocations> {
  const one = (id: keyof WalkedLedger | null, sent: Sent = {}): Sent => ({
    ...sent,
    get path() {
      return { id: id ? walked()[id] : NOWHERE }
    },
  })
  const csv = (body: string | Buffer, query: string): Sent => ({
    ...{ body, query },
    headers: { 'content-type': 'text/csv' },
  })
  const groups = (count: number, more = '') => csv(groupsCsv(count), `type=group&mode=full${more}`)
  /** A body that names the walked rule. */
  const entriesOf = (more: object = {}): Sent => ({
    ...send({}),
    get body() {
      const entries = [{ logEntity: 'actor', ruleId: walked().rule, display: '{display_name}' }]
      return JSON.stringify({ ...more, entries })
    },
  })
  const withId = (id: keyof WalkedLedger, sent: Sent): Sent => {
    const body = Object.getOwnPropertyDescriptor(sent, 'body') ?? {}
    return Object.defineProperty(one(id, { headers: sent.headers }), 'body', body)
  }
  const rule = (name: string) => ({ name, entityType: 'account', definition: BY_LOGIN })
  const wrong = { comparisons: [{ kind: 'event', parameter: 1, by: 'pattern', text: '(' }] }
  const stale = send({ note: 'changed', unchangedSince: STALE })
  const page = { 200: { query: 'limit=1' }, 400: { query: 'limit=0' } }

  return {
    listEntities: { 200: { query: 'type=account&q=walk' }, 400: { query: 'link=identity' } },
    saveEntity: {
      200: send({ type: 'account', attributes: { login: 'saved' } }),
      400: send({ type: 'chair' }),
      404: send({ type: 'account', id: NOWHERE, attributes: { login: 'lost' } }),
      409: send({ type: 'account', attributes: { login: 'walked' }, unchangedSince: STALE }),
      413: LARGE,
    },
    getEntity: { 200: one('entity'), 404: one(null) },
    readTimeline: {
      200: one('entity', { query: 'side=sign-ins' }),
      400: one('entity', { query: 'side=left' }),
      404: one(null),
    },
    countActivity: { 200: one('entity'), 404: one(null) },
    removeEntity: { 200: one('doomedEntity'), 404: one(null) },

    listImports: { 200: {} },
    importLedger: {
      200: groups(20, '&dryRun=true'),
      201: groups(20, '&confirmRemoved=20'),
      400: csv('name;name\na;b\n', 'type=group&mode=delta'),
      409: groups(1),
      413: csv(gzipSync(Buffer.alloc(MAX_CONTENT_BYTES + 1, 'x')), 'type=group&mode=delta'),
    },
    getImport: { 200: one('waiting'), 404: one(null) },
    applyImport: {
      200: one('waiting'),
      400: one('waiting', { query: 'confirmRemoved=all' }),
      404: one(null),
      409: one('guarded'),
    },
    discardImport: { 200: one('doomedImport'), 404: one(null), 409: one('applied') },
    exportEntities: { 200: { query: 'type=group' }, 400: { query: 'type=chair' } },

    getMatchingStatus: { 200: {} },
    listUnmatched: page,

    listAttributes: { 200: { query: 'entityType=account' }, 400: { query: 'entityType=chair' } },
    listRules: { 200: {} },
    createRule: {
      201: send(rule('made')),
      400: send({ ...rule('wrong'), definition: wrong }),
      409: send(rule('walked')),
      413: LARGE,
    },
    checkRule: {
      200: send({ entityType: 'account', definition: wrong }),
      400: send({ entityType: 'chair' }),
      413: LARGE,
    },
    getRule: { 200: one('rule'), 400: one('rule', { query: 'version=0' }), 404: one(null) },
    updateRule: {
      200: one('rule', send({ note: 'changed' })),
      400: one('rule', send({ definition: wrong })),
      404: one(null, send({})),
      409: one('rule', stale),
      413: one('rule', LARGE),
    },
    removeRule: { 200: one('doomedRule'), 404: one(null), 409: one('rule') },
    listRuleVersions: { 200: one('rule'), 404: one(null) },

    listPolicies: { 200: {} },
    createPolicy: {
      201: entriesOf({ name: 'made' }),
      400: send({ name: 'empty', entries: [] }),
      409: entriesOf({ name: 'walked' }),
      413: LARGE,
    },
    checkPolicy: { 200: entriesOf(), 400: send({ entries: [] }), 413: LARGE },
    getPolicy: { 200: one('policy'), 400: one('policy', { query: 'version=0' }), 404: one(null) },
    updatePolicy: {
      200: withId('policy', entriesOf({ note: 'changed' })),
      400: one('policy', send({ entries: [] })),
      404: one(null, send({})),
      409: one('policy', stale),
      413: one('policy', LARGE),
    },
    makeDefaultPolicy: { 200: one('policy'), 404: one(null) },
    removePolicy: { 200: one('doomedPolicy'), 404: one(null), 409: one('policy') },
    listPolicyVersions: { 200: one('policy'), 404: one(null) },
    listSources: { 200: {} },
    setSource: {
      200: send({ origin: 'console', policy: 'none' }),
      400: send({ origin: 'nowhere', policy: 'none' }),
      404: send({ origin: 'console', policy: NOWHERE }),
      413: LARGE,
    },
    explainMatch: {
      200: send({ logEntity: 'actor', name: 'walked' }),
      400: send({ logEntity: 'nobody' }),
      404: send({ policyId: NOWHERE, name: 'walked' }),
      413: LARGE,
    },
  }
}
