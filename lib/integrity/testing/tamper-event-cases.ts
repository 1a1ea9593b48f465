import { at, sqlCase, type TamperCase, tile } from './tamper-case'
import { forgeEvent, forgeTile } from './tamper-forgeries'

const swap = (x: number, y: number) => `
  update events set seq = -1 where tenant_id = :t and seq = ${x};
  update events set seq = ${x} where tenant_id = :t and seq = ${y};
  update events set seq = ${y} where tenant_id = :t and seq = -1`

const dropAndRenumber = (seq: number) => `
  delete from events where tenant_id = :t and seq = ${seq};
  update events set seq = -seq where tenant_id = :t and seq > ${seq};
  update events set seq = -seq - 1 where tenant_id = :t and seq < 0`

/** A copy of the event before it under another id, with everything behind it moved by one. */
const insertAt = (seq: number) => `
  update events set seq = -seq where tenant_id = :t and seq >= ${seq};
  update events set seq = -seq + 1 where tenant_id = :t and seq < 0;
  insert into events select (e).* from (select jsonb_populate_record(x, jsonb_build_object('seq', ${seq},
    'id', gen_random_uuid())) as e from events x where tenant_id = :t and seq = ${seq - 1}) y;
  update trail_heads set next_seq = next_seq + 1 where tenant_id = :t`

const set = (change: string, seq: number) =>
  `update events set ${change} where tenant_id = :t and seq = ${seq}`
const body = `body = replace(body, '@example.com', '@example.org')`

/** Full tiles 0 and 1, and an edge of 88 events: 512 to 575, 576 to 591, 592 to 599. */
export const EVENT_CASES: TamperCase[] = [
  sqlCase(
    'a body is altered',
    set(body, 10),
    { fsck: 'entry_mismatch', bundle: 'root_mismatch' },
    { reason: 'altered', place: at(10) },
  ),
  sqlCase(
    'a body is altered at the edge',
    set(body, 520),
    { fsck: 'entry_mismatch', bundle: 'root_mismatch' },
    { reason: 'altered', place: at(520) },
  ),
  sqlCase(
    'a body gets a second member of the same name',
    set(`body = replace(body, '"type":"account"', '"type":"admin","type":"account"')`, 10),
    { bundle: 'duplicate_member' },
    { reason: 'altered', place: at(10) },
  ),
  {
    what: 'a body and its leaf hash are altered alike',
    tamper: async (victim) => void (await forgeEvent(victim, 10)),
    found: [{ reason: 'altered', place: at(10) }],
    verified: { fsck: 'entry_mismatch', bundle: 'root_mismatch' },
  },
  {
    what: 'a body and its leaf hash are altered alike at the edge',
    tamper: async (victim) => void (await forgeEvent(victim, 580)),
    found: [{ reason: 'altered', place: at(576, 591) }],
    verified: { fsck: 'root_mismatch', bundle: 'root_mismatch' },
  },
  {
    what: 'a body, its leaf hash and the tile are altered alike',
    tamper: (victim) => forgeTile(victim, 10),
    found: [{ reason: 'tile_altered', place: tile(0, 0, 1) }],
    verified: { fsck: 'root_mismatch', bundle: 'root_mismatch' },
  },
  sqlCase(
    'a leaf hash is altered',
    set(`leaf_hash = sha256('x')`, 300),
    {},
    {
      reason: 'leaf_altered',
      place: at(300),
    },
  ),
  sqlCase(
    'a leaf hash is altered at the edge',
    set(`leaf_hash = sha256('x')`, 599),
    { fsck: 'entry_mismatch' },
    {
      reason: 'leaf_altered',
      place: at(599),
    },
  ),
  sqlCase(
    'a seed is altered',
    set(`seed = sha256('x')`, 11),
    { fsck: 'entry_mismatch', bundle: 'root_mismatch' },
    { reason: 'altered', place: at(11) },
  ),
  sqlCase(
    'a seed is taken away',
    set('seed = null', 11),
    { fsck: 'entry_mismatch', bundle: 'none' },
    { reason: 'altered', place: at(11) },
  ),
  sqlCase(
    'an id is altered',
    set('id = gen_random_uuid()', 12),
    { fsck: 'entry_mismatch', bundle: 'root_mismatch' },
    { reason: 'altered', place: at(12) },
  ),
  sqlCase(
    'a column that searches use is altered',
    set(`actor_login = 'nobody'`, 13),
    {},
    {
      reason: 'columns_altered',
      place: at(13),
    },
  ),
  sqlCase(
    'an address that searches use is altered at the edge',
    set(`ip = '2001:db8::8'`, 514),
    {},
    {
      reason: 'columns_altered',
      place: at(514),
    },
  ),
  sqlCase(
    'an event is back-dated',
    set(`received_at = received_at - interval '1 day'`, 20),
    { fsck: 'entry_mismatch', bundle: 'back_dated' },
    {
      reason: 'back_dated',
      place: at(20),
    },
  ),
  sqlCase(
    'an event is back-dated by a second at the edge',
    set(`received_at = received_at - interval '1 s'`, 530),
    { fsck: 'entry_mismatch', bundle: 'root_mismatch' },
    {
      reason: 'back_dated',
      place: at(530),
    },
  ),
  sqlCase(
    'an event is dropped',
    'delete from events where tenant_id = :t and seq = 30',
    { fsck: 'not_served', bundle: 'none' },
    {
      reason: 'missing',
      place: at(30),
    },
  ),
  sqlCase(
    'an event is dropped at the edge',
    'delete from events where tenant_id = :t and seq = 590',
    { fsck: 'not_served', bundle: 'none' },
    {
      reason: 'missing',
      place: at(590),
    },
  ),
  sqlCase(
    'events are dropped and the others moved up',
    dropAndRenumber(40),
    { fsck: 'entry_mismatch', bundle: 'none' },
    {
      reason: 'missing',
      place: at(40, 599),
    },
  ),
  sqlCase(
    'the same at the edge',
    dropAndRenumber(540),
    { fsck: 'not_served', bundle: 'none' },
    { reason: 'missing', place: at(512, 599) },
  ),
  sqlCase(
    'an event is inserted',
    insertAt(50),
    { fsck: 'entry_mismatch', bundle: 'root_mismatch' },
    { reason: 'inserted', place: at(50, 599) },
  ),
  sqlCase(
    'an event is inserted at the edge',
    insertAt(550),
    { fsck: 'entry_mismatch', bundle: 'root_mismatch' },
    { reason: 'inserted', place: at(550, 599) },
  ),
  sqlCase(
    'an event is put behind the end',
    `insert into events select (e).* from (select jsonb_populate_record(x, jsonb_build_object('seq', 700,
      'id', gen_random_uuid())) as e from events x where tenant_id = :t and seq = 1) y`,
    {},
    { reason: 'inserted', place: at(600, 700) },
  ),
  sqlCase(
    'two events change places',
    swap(60, 65),
    { fsck: 'entry_mismatch', bundle: 'root_mismatch' },
    { reason: 'swapped', place: at(60) },
    { reason: 'swapped', place: at(65) },
  ),
  sqlCase(
    'neighbours change places',
    swap(61, 62),
    { fsck: 'entry_mismatch', bundle: 'root_mismatch' },
    { reason: 'swapped', place: at(61, 62) },
  ),
  sqlCase(
    'events of two tiles change places',
    swap(255, 256),
    { fsck: 'entry_mismatch', bundle: 'root_mismatch' },
    { reason: 'swapped', place: at(255, 256) },
  ),
  sqlCase(
    'events at the edge change places',
    swap(520, 570),
    { fsck: 'root_mismatch', bundle: 'root_mismatch' },
    { reason: 'swapped', place: at(520) },
    { reason: 'swapped', place: at(570) },
  ),
  sqlCase(
    'the tail is cut off',
    'delete from events where tenant_id = :t and seq >= 400',
    { fsck: 'not_served', bundle: 'none' },
    {
      reason: 'truncated',
      place: at(400, 599),
    },
  ),
  sqlCase(
    'the tail and the counter are cut off',
    'delete from events where tenant_id = :t and seq >= 595; update trail_heads set next_seq = 595 where tenant_id = :t',
    { fsck: 'not_served', bundle: 'none' },
    { reason: 'truncated', place: at(595, 599) },
  ),
]
