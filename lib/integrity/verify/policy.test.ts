import { expect, test } from 'vitest'
import { deriveLogKey } from '@/lib/integrity/checkpoint/derive-keys'
import { COSIGNATURE, ED25519, makeNoteKey } from '@/lib/integrity/checkpoint/note-key'
import { signCheckpoint } from '@/lib/integrity/checkpoint/sign-checkpoint'
import { CLOCK_KEY, LOG_KEY, MASTER_SECRET, ORIGIN, POLICY } from '@/lib/integrity/testing/sealed-log'
import { reasonOf, verifierOf } from '@/lib/integrity/testing/verify-lines'
import { EMPTY_ROOT } from '@/lib/integrity/tree/hash-node'
import { openCheckpoint } from './open-checkpoint'

const witnesses = [1, 2, 3].map((n) => makeNoteKey(`w${n}.example`, COSIGNATURE, Buffer.alloc(32, n)))
const [w1, w2, w3] = witnesses.map(({ vkey }) => vkey)
const GROUPS = `# who must have seen it
log ${LOG_KEY.vkey} https://audit.example.org/log

witness clock ${CLOCK_KEY.vkey}
witness\tw1 ${w1}
witness w2 ${w2} https://w2.example
witness w3 ${w3}
group two 2 w1 w2 w3
group both all two clock
quorum both
`
const NOW_SECONDS = 1_700_000_000
const head = { origin: ORIGIN, size: 0, root: EMPTY_ROOT }
const open = (keys: (typeof CLOCK_KEY)[], policy: string, timeSeconds = NOW_SECONDS) =>
  openCheckpoint(signCheckpoint(head, [LOG_KEY, ...keys], timeSeconds), verifierOf(policy), 'It')

test('a quorum of groups is met by enough of their members', async () => {
  const [a, b, c] = witnesses as [typeof CLOCK_KEY, typeof CLOCK_KEY, typeof CLOCK_KEY]
  expect(await reasonOf(open([a, b, CLOCK_KEY], GROUPS))).toBe('yes')
  expect(await reasonOf(open([a, b, c, CLOCK_KEY], GROUPS))).toBe('yes')
  expect(await reasonOf(open([a, CLOCK_KEY], GROUPS))).toBe('quorum_missing')
  expect(await reasonOf(open([a, b], GROUPS))).toBe('quorum_missing')
  expect(
    await reasonOf(open([c], GROUPS.replace('2 w1', 'any w1').replace('quorum both', 'quorum two'))),
  ).toBe('yes')
})

test("the time is a witness' from outside if there is one, else the operator's clock", async () => {
  const operators = signCheckpoint(head, [LOG_KEY, CLOCK_KEY], NOW_SECONDS)
  const outside = signCheckpoint(head, [LOG_KEY, ...witnesses.slice(0, 2)], NOW_SECONDS + 30)
  const both = operators + outside.split('\n\n')[1]?.split('\n').slice(1).join('\n')
  expect((await openCheckpoint(operators, verifierOf(), 'It')).timeMs).toBe(NOW_SECONDS * 1000)
  expect((await openCheckpoint(both, verifierOf(GROUPS), 'It')).timeMs).toBe((NOW_SECONDS + 30) * 1000)
})

test('lines of unknown keys are passed over, also under a known name', async () => {
  const stranger = makeNoteKey(CLOCK_KEY.name, COSIGNATURE, Buffer.alloc(32, 7))
  expect(await reasonOf(open([stranger, CLOCK_KEY], POLICY))).toBe('yes')
  expect(await reasonOf(open([stranger], POLICY))).toBe('quorum_missing')
})

test('an empty log is signed with the hash of nothing', async () => {
  expect((await open([CLOCK_KEY], POLICY)).size).toBe(0)
})

const asWitness = (vkey: string) => `witness clock ${vkey}`
test.each([
  ['', 'no quorum line'],
  ['quorum none', 'names no log'],
  [`log ${LOG_KEY.vkey}`, 'no quorum line'],
  [`log ${LOG_KEY.vkey}\nquorum clock`, '"clock" is not defined above'],
  [`log ${LOG_KEY.vkey}\nlog ${LOG_KEY.vkey}\nquorum none`, 'line 2: this log key stands there twice'],
  [`${POLICY}quorum none`, 'one quorum line'],
  [`log ${LOG_KEY.vkey.slice(0, -4)}\nquorum none`, 'is no verifier key'],
  [`log ${LOG_KEY.vkey.replace(/\+[0-9a-f]{8}\+/, '+00000000+')}\nquorum none`, 'was it copied in full?'],
  [`log ${CLOCK_KEY.vkey}\nquorum none`, 'has type 4, not 1'],
  [`${asWitness(LOG_KEY.vkey)}\nquorum none`, 'has type 1, not 4'],
  [
    `${asWitness(CLOCK_KEY.vkey)}\n${asWitness(w1 ?? '')}\nquorum none`,
    'line 2: "clock" can\'t be a new name',
  ],
  [
    `${asWitness(CLOCK_KEY.vkey)}\nwitness c ${CLOCK_KEY.vkey}\nquorum none`,
    'this witness key stands there twice',
  ],
  [`${asWitness(CLOCK_KEY.vkey)}\ngroup g 2 clock\nquorum g`, '2 of 1 members is no rule'],
  [`${asWitness(CLOCK_KEY.vkey)}\ngroup g all\nquorum g`, 'of 0 members is no rule'],
  [`${asWitness(CLOCK_KEY.vkey)}\ngroup g any clock clock\nquorum g`, 'a member only once'],
  ['trust everyone', '"trust" is not log'],
  [POLICY.replaceAll('\n', '\r\n'), 'line 1: it ends with CR'],
  [`${POLICY}# who\relse\n`, 'line 4: it ends with CR'],
])('the policy %j is refused: %s', (text, message) => {
  expect(() => verifierOf(text)).toThrow(message)
})

test('a key of the log can sign only under its own origin', async () => {
  const other = deriveLogKey(MASTER_SECRET, `${ORIGIN}x`, 0)
  const named = makeNoteKey(ORIGIN, ED25519, Buffer.alloc(32, 5))
  const note = signCheckpoint(head, [named, CLOCK_KEY], NOW_SECONDS)
  expect(await reasonOf(openCheckpoint(note, verifierOf(), 'It'))).toBe('log_signature_missing')
  const policy = POLICY.replace(LOG_KEY.vkey, other.vkey)
  expect(await reasonOf(openCheckpoint(note, verifierOf(policy), 'It'))).toBe('unknown_log')
})
