import { z } from 'zod'
import type { LogDescription } from './describe-log'
import type { CheckpointPage } from './list-checkpoints'
import type { ConsistencyProof } from './prove-consistency'
import type { InclusionProof } from './prove-inclusion'
import type { LogKeys } from './read-keys'

// What the log's verbs answer, for the API's description. `satisfies` keeps each equal to the verb's own type.

const size = z.int().min(0)
const moment = z.iso.datetime({ precision: 3 })
const hash = z.base64().length(44)
const note = z.string().describe('A signed note (C2SP tlog-checkpoint).')
const vkey = z.string().describe('Public key as C2SP signed-note writes it.')
const origin = z.string().describe('The log’s name for ever: host/log/id.')

export const logSchema = z
  .strictObject({
    logId: z.uuid(),
    epoch: z.int().min(0).describe('How often the log was opened anew, after a restore or a leaked key.'),
    origin,
    url: z.url().describe('Where it is served; below it are /checkpoint and /tile/….'),
    size: size.describe('Sealed events: those with a smaller seq.'),
    root: hash.describe('RFC 6962 root, base64.'),
    checkpoint: note,
    signedAt: moment,
    firstSeq: size.describe('Events before it are gone by retention; their leaves stay.'),
    refused: z.string().nullable().describe('Why the sealer signs no more; null while it does.'),
    keysUrl: z.url().describe('Its public keys, to be pinned once.'),
  })
  .meta({ id: 'Log' }) satisfies z.ZodType<LogDescription & { keysUrl: string }>

const keySchema = z.strictObject({
  number: z.int().min(0).describe('0, 1, 2 … with each rotation.'),
  vkey,
  fromSize: size.describe('Size of the tree when it began to sign.'),
  toSize: size
    .nullable()
    .describe(
      'From there on its successor signs too, and it goes on beside it until `retiresAt`; null while it is the newest.',
    ),
  createdAt: moment,
  retiresAt: moment.nullable().describe('Until then it signs beside its successor.'),
})

export const keysSchema = z
  .strictObject({
    epochs: z
      .array(
        z.strictObject({
          epoch: z.int().min(0),
          logId: z.uuid(),
          origin,
          openedAt: moment,
          reason: z.string().nullable(),
          closedAt: moment.nullable(),
          finalSize: size.nullable(),
          keys: z.array(keySchema).describe('The newest first.'),
        }),
      )
      .describe('The current one first.'),
    clocks: z
      .array(z.strictObject({ vkey, createdAt: moment, retiresAt: moment.nullable() }))
      .describe('Cosigners that say when; the newest first.'),
    anchorLog: z.array(vkey).describe('Keys of the operator’s anchor log, the newest first.'),
  })
  .meta({ id: 'LogKeys' }) satisfies z.ZodType<LogKeys>

const proof = z.array(hash)
const keptNote = z
  .string()
  .nullable()
  .describe('The checkpoint that the proof leads to; null if that size’s was not kept, and only you have it.')

export const inclusionSchema = z
  .strictObject({
    index: size,
    size,
    leafHash: z.string().regex(/^[0-9a-f]{64}$/),
    proof: proof.describe('RFC 6962 section 2.1.1, from the leaf up, base64.'),
    checkpoint: keptNote,
  })
  .meta({ id: 'InclusionProof' }) satisfies z.ZodType<InclusionProof>

export const consistencySchema = z
  .strictObject({
    oldSize: size,
    newSize: size,
    proof: proof.describe('RFC 6962 section 2.1.2, base64.'),
    checkpoint: keptNote,
  })
  .meta({ id: 'ConsistencyProof' }) satisfies z.ZodType<ConsistencyProof>

const place = { name: z.string().describe('Of the witness or authority.'), at: moment }
const anchorSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('anchor-log'), ...place, seq: size.describe('Of its entry there.') }),
  z.strictObject({ kind: z.literal('witness'), ...place, vkey, lines: z.string() }),
  z.strictObject({
    kind: z.literal('rfc3161'),
    ...place,
    response: z.string().describe('A TimeStampResp (RFC 3161), base64 of its DER.'),
    time: z.string(),
  }),
])

export const checkpointsSchema = z
  .strictObject({
    checkpoints: z.array(
      z.strictObject({
        epoch: z.int().min(0),
        origin,
        size,
        signedAt: moment,
        checkpoint: note,
        anchors: z.array(anchorSchema).describe('Where it is remembered outside its own log.'),
      }),
    ),
    next: size.nullable().describe('Give it as `before` for those that follow; null at the end.'),
  })
  .meta({ id: 'Checkpoints' }) satisfies z.ZodType<CheckpointPage>
