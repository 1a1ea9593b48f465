import { existsSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { verifyBundle } from '@/lib/integrity/verify/bundle'
import { verifyEventProof } from '@/lib/integrity/verify/event-proof'
import { checkLog } from '@/lib/integrity/verify/fsck'
import { nodePrimitives } from '@/lib/integrity/verify/node-primitives'
import { verifyObjects } from '@/lib/integrity/verify/objects'
import type { OpenCheckpoint, Verifier } from '@/lib/integrity/verify/open-checkpoint'
import { parsePolicy } from '@/lib/integrity/verify/policy'
import { Refusal, refuse } from '@/lib/integrity/verify/refusal'
import { SKIPPABLE, type Skippable, Skips } from '@/lib/integrity/verify/skips'
import { parseVkey } from '@/lib/integrity/verify/vkey'
import { openFolder } from './verify-folder'
import { DEFAULT_POLICY_FILE, httpResource, openBundle } from './verify-inputs'
import {
  bundleFindings,
  checkpointFindings,
  type Findings,
  findingsObject,
  findingsText,
  fsckFindings,
  objectFindings,
  proofFindings,
} from './verify-report'
import { watchLog } from './verify-watch'

const USAGE = `Verifies what a Spoor log says, without believing it.

  bundle FILE   an evidence bundle (.jsonl, also gzip)
  proof FILE    the proof of one event (.tlog-proof)
  fsck URL      a whole log as it is served: https://host/log/<id>
  watch URL     that a log only grows; keeps its last checkpoint in a file
  objects DIR   a copy of an S3 log storage, or of a part of it with its digests

  --key KEY             objects: the key of the digests, as the destination shows it; may be repeated
  --policy FILE         whose keys are believed (C2SP tlog-policy); default ${DEFAULT_POLICY_FILE}
  --log ID              bundle, proof: which of the policy's logs it must be of; the id or the whole origin
  --remembered FILE     a checkpoint that you kept: the bundle must continue it; may be repeated
  --allow-skipped WHAT  leave a check out: ${SKIPPABLE.join(', ')}; may be repeated
  --token-file FILE     bearer token for fsck and watch
  --state FILE          watch: where the last checkpoint is kept; default ./<id>.checkpoint
  --once                watch: one step, then end
  --every SECONDS       watch: default 60
  --max-age-minutes N   watch: say no if the last checkpoint is older
  --json                answer as JSON

Exit code 0: yes. 1: no, or a check was left out. 2: could not check.`

const { positionals, values } = readArguments()
const [command, target = ''] = positionals
const skips = new Skips(new Set(values['allow-skipped'] as Skippable[]))

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        policy: { type: 'string' },
        key: { type: 'string', multiple: true, default: [] },
        log: { type: 'string' },
        remembered: { type: 'string', multiple: true, default: [] },
        'allow-skipped': { type: 'string', multiple: true, default: [] },
        'token-file': { type: 'string' },
        state: { type: 'string' },
        once: { type: 'boolean', default: false },
        every: { type: 'string', default: '60' },
        'max-age-minutes': { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`)
    process.exit(2)
  }
}

function readVerifier(): Verifier {
  const file = values.policy ?? DEFAULT_POLICY_FILE
  if (!existsSync(file))
    throw new Error(
      `There is no policy at ${file}. Name one with --policy: it holds the keys that you believe, ` +
        'as lines "log <key>", "witness clock <key>" and "quorum clock". Keys in a file are never believed.',
    )
  return {
    policy: parsePolicy(nodePrimitives.sha256, readFileSync(file, 'utf8')),
    primitives: nodePrimitives,
  }
}

function readNumber(option: string, text: string): number {
  const value = Number(text)
  if (!(value > 0)) throw new Error(`--${option} must be a number above 0, not "${text}".`)
  return value
}

function say(verdict: 'yes' | 'no', findings: Findings, more: Record<string, string> = {}): void {
  const skipped = [...skips.skipped].map(([check, why]): [string, string] => ['left out', `${check}: ${why}`])
  const all = [...findings, ...skipped]
  if (values.json) console.log(JSON.stringify({ verdict, ...more, ...findingsObject(all) }))
  else console.log(`${verdict.toUpperCase()}  ${more.message ?? target}\n${findingsText(all)}`.trimEnd())
}

const isLog = (origin: string, id: string) => origin === id || origin.split('/').at(-1) === id

/** A policy may name many logs: `--log` says of which one a file must be. */
function requireLog<T extends { checkpoint: OpenCheckpoint }>(report: T): T {
  const { origin } = report.checkpoint
  if (values.log !== undefined && !isLog(origin, values.log))
    refuse('unknown_log', `The file is of the log ${origin}, not of ${JSON.stringify(values.log)}.`)
  return report
}

/** A policy may name many logs; the URL says which one of them must answer. */
function onlyLogAt(url: string, { policy, primitives }: Verifier): Verifier {
  const logId = new URL(url).pathname.split('/').filter(Boolean).at(-1)
  const logs = policy.logs.filter(({ name }) => name.endsWith(`/${logId}`))
  return { policy: { ...policy, logs }, primitives }
}

async function checkObjects(): Promise<void> {
  if (values.key.length === 0)
    throw new Error('objects needs --key: the key of the digests, which the page of the destination shows.')
  const keys = values.key.map((key) => parseVkey(nodePrimitives.sha256, key))
  say('yes', objectFindings(await verifyObjects(openFolder(target), keys, nodePrimitives)))
}

async function watch(verifier: Verifier): Promise<void> {
  const stateFile = values.state ?? `${new URL(target).pathname.split('/').filter(Boolean).at(-1)}.checkpoint`
  const maxAge = values['max-age-minutes']
  await watchLog({
    fetchResource: httpResource(target, values['token-file']),
    verifier: onlyLogAt(target, verifier),
    stateFile,
    ...(!values.once && { everyMs: readNumber('every', values.every) * 1000 }),
    ...(maxAge !== undefined && { maxAgeMs: readNumber('max-age-minutes', maxAge) * 60_000 }),
    onStep: ({ checkpoint, previous }) =>
      say('yes', [
        ...checkpointFindings(checkpoint),
        [
          'continues',
          previous ? `the checkpoint of ${previous.size} events` : 'nothing yet: this one is kept',
        ],
      ]),
    onTrouble: (error) => console.error(`could not check: ${error.message}`),
  })
}

async function run(): Promise<void> {
  if (values.help) return console.log(USAGE)
  const unknown = values['allow-skipped'].find((name) => !(SKIPPABLE as readonly string[]).includes(name))
  if (unknown !== undefined)
    throw new Error(`--allow-skipped takes ${SKIPPABLE.join(', ')}, not "${unknown}".`)
  const isKnown = ['bundle', 'proof', 'fsck', 'watch', 'objects'].includes(command ?? '')
  if (!isKnown || target === '' || positionals.length > 2) throw new Error(USAGE)
  if (['fsck', 'watch'].includes(command ?? '') && !URL.canParse(target))
    throw new Error(`"${target}" is no URL. A log is named like https://host/log/<id>.`)
  if (command !== 'bundle' && values.remembered.length > 0)
    throw new Error('--remembered is compared with bundles only; watch keeps its own checkpoint in --state.')
  if (values.log !== undefined && !['bundle', 'proof'].includes(command ?? ''))
    throw new Error('--log is for bundle and proof; the URL of fsck and watch names the log.')
  if (command === 'objects') return checkObjects()
  const verifier = readVerifier()
  const remembered = values.remembered.map((file) => readFileSync(file, 'utf8'))
  if (command === 'bundle')
    say(
      'yes',
      bundleFindings(requireLog(await verifyBundle(await openBundle(target), verifier, skips, remembered))),
    )
  else if (command === 'proof')
    say(
      'yes',
      proofFindings(requireLog(await verifyEventProof(readFileSync(target, 'utf8'), verifier, skips))),
    )
  else if (command === 'fsck')
    say(
      'yes',
      fsckFindings(
        await checkLog(httpResource(target, values['token-file']), onlyLogAt(target, verifier), skips),
      ),
    )
  else await watch(verifier)
}

try {
  await run()
} catch (error) {
  if (error instanceof Refusal) {
    say('no', [['reason', error.reason]], { reason: error.reason, message: error.message })
    process.exitCode = 1
  } else {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 2
  }
}
