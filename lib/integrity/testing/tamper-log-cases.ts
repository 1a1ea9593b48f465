import { rewriteLog } from './rewrite-log'
import { MASTER_SECRET } from './sealed-log'
import { at, head, sqlCase, type TamperCase, tile } from './tamper-case'
import { eraseSilently, forgeEvent } from './tamper-forgeries'

/** Another byte for the one at `place`: a value of its own would be the old one in one trail of 256. */
const otherByte = (column: string, place: number) =>
  `set_byte(${column}, ${place}, get_byte(${column}, ${place}) # 255)`

/** Changes of tiles, heads and checkpoints, and of everything together. */
export const LOG_CASES: TamperCase[] = [
  sqlCase(
    'a tile is altered',
    `update log_tiles set data = ${otherByte('data', 99)} where tenant_id = :t and idx = 1`,
    { fsck: 'entry_mismatch' },
    {
      reason: 'tile_altered',
      place: tile(0, 1),
    },
  ),
  sqlCase(
    "a tile's root is altered",
    `update log_tiles set root = sha256('x') where tenant_id = :t and idx = 0`,
    { fsck: 'tile_mismatch' },
    {
      reason: 'tile_altered',
      place: tile(0, 0),
    },
  ),
  sqlCase(
    'a tile is dropped',
    'delete from log_tiles where tenant_id = :t and idx = 0',
    { fsck: 'not_served' },
    {
      reason: 'tile_missing',
      place: tile(0, 0),
    },
  ),
  sqlCase(
    'a tile is added',
    'insert into log_tiles select tenant_id, 1, 0, data, root from log_tiles where tenant_id = :t and idx = 0',
    { fsck: 'tile_mismatch' },
    { reason: 'tile_unexpected', place: tile(1, 0) },
  ),
  sqlCase(
    "the head's root is altered",
    `update log_heads set root = sha256('x') where tenant_id = :t`,
    {},
    {
      reason: 'head_altered',
      place: head,
    },
  ),
  sqlCase(
    "the head's size is altered",
    'update log_heads set size = 599 where tenant_id = :t',
    { fsck: 'not_served', bundle: 'range_proof_invalid' },
    {
      reason: 'head_altered',
      place: head,
    },
  ),
  sqlCase(
    "the head's edge is altered",
    `update log_heads set frontier = ${otherByte('frontier', 39)} where tenant_id = :t`,
    {},
    {
      reason: 'head_altered',
      place: head,
    },
  ),
  sqlCase(
    "the head's note is altered",
    `update log_heads set note = replace(note, E'\\n600\\n', E'\\n601\\n') where tenant_id = :t`,
    { fsck: 'signature_invalid', watch: 'signature_invalid', bundle: 'signature_invalid' },
    {
      reason: 'checkpoint_forged',
      place: head,
    },
  ),
  sqlCase(
    'a kept checkpoint is altered',
    `update log_checkpoints set note = replace(note, E'\\n300\\n', E'\\n299\\n') where tenant_id = :t and size = 300`,
    {},
    {
      reason: 'checkpoint_forged',
      place: { kind: 'checkpoint', epoch: 0, size: 300 },
    },
  ),
  {
    what: 'everything is cut off behind an old checkpoint, as if the rest had never been',
    tamper: async (victim) => {
      await victim.run('delete from events where tenant_id = :t and seq >= 300')
      await rewriteLog(victim.database, victim.tenantId, 300, {
        masterSecret: MASTER_SECRET,
        exchangesKeys: false,
      })
    },
    found: [{ reason: 'truncated', place: at(300, 599) }],
    verified: { watch: 'rolled_back', bundle: 'older_checkpoint' },
  },
  {
    what: 'an event is exchanged, and all is rewritten and signed by the operator himself',
    tamper: async (victim) => {
      await forgeEvent(victim, 10)
      await rewriteLog(victim.database, victim.tenantId, 600, {
        masterSecret: MASTER_SECRET,
        exchangesKeys: false,
      })
    },
    found: [
      { reason: 'rewritten', place: head },
      { reason: 'checkpoint_forged', place: { kind: 'checkpoint', epoch: 0, size: 300 } },
    ],
    verified: { watch: 'fork', bundle: 'fork' },
  },
  {
    what: 'an event is exchanged, and all is rewritten and signed with another key, which is put in place',
    tamper: async (victim) => {
      await forgeEvent(victim, 10)
      await rewriteLog(victim.database, victim.tenantId, 600, {
        masterSecret: Buffer.alloc(32, 9),
        exchangesKeys: true,
      })
    },
    found: [
      { reason: 'checkpoint_forged', place: head },
      { reason: 'key_altered', place: head },
      { reason: 'rewritten', place: head },
      { reason: 'checkpoint_forged', place: { kind: 'checkpoint', epoch: 0, size: 0 } },
      { reason: 'checkpoint_forged', place: { kind: 'checkpoint', epoch: 0, size: 300 } },
    ],
    verified: {
      fsck: 'log_signature_missing',
      watch: 'log_signature_missing',
      bundle: 'log_signature_missing',
    },
  },
  {
    what: 'values are erased in silence',
    tamper: (victim) => eraseSilently(victim, 70),
    found: [{ reason: 'erased_without_notice', place: at(70) }],
    verified: { bundle: 'redaction_unexplained' },
  },
  sqlCase(
    'old events are dropped as if their time of retention had passed, in silence',
    'delete from events where tenant_id = :t and seq < 256; update trail_heads set first_seq = 256 where tenant_id = :t',
    { fsck: 'not_served' },
    { reason: 'missing', place: at(0, 255) },
  ),
]
