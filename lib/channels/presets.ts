import type { OwnCodeName } from '@/lib/catalog/own-codes'
import type { Rule } from '@/lib/delivery/rules/rule'
import type { ChosenFilter } from '@/lib/forwarding/destination-filter'
import type { TrailFilter } from '@/lib/trail/filter'
import { filterToSearchParams } from '@/lib/trail/filter-url'

/** What people most often want to be told of: fills in a channel's filter and threshold, which they may then change. */
export type ChannelPreset = ChosenFilter & {
  name: string
  label: string
  /** One sentence: what it tells of. */
  sentence: string
  /** Null: each event is told. */
  rule: Rule | null
}

const HOUR = 3_600
const including = <T extends string>(...values: T[]) => ({ include: values, exclude: [] as T[] })
const NOT_FAILED = { include: [], exclude: ['fail' as const] }

/** Actions as applications name them: our own words first, then those of other products. */
const SIGN_INS = [
  ...['invalid sign in', 'signed in', 'sign in', 'sign-in', 'failed sign in', 'sign in failed'],
  ...['login', 'log in', 'logged in', 'failed login', 'login failed', 'logon', 'log on', 'logged on'],
  ...['failed logon', 'logon failed', 'authentication', 'authenticate', 'authenticated'],
  ...['authentication failed', 'ConsoleLogin', 'UserLoggedIn', 'UserLoginFailed', 'user.session.start'],
]
const DELETIONS = [
  ...[
    'deleted',
    'delete',
    'removed',
    'remove',
    'destroyed',
    'destroy',
    'purged',
    'purge',
    'erased',
    'dropped',
  ],
]
const TOKENS = [
  ...['token', 'api token', 'api_token', 'apiToken', 'access token', 'access_token', 'accessToken'],
  ...[
    'personal access token',
    'api key',
    'api_key',
    'apiKey',
    'access key',
    'accessKey',
    'secret',
    'credential',
  ],
]
const PEOPLE = [
  ...[
    'user',
    'member',
    'membership',
    'account',
    'role',
    'group',
    'team',
    'permission',
    'administrator',
    'admin',
  ],
]
const COMINGS_AND_GOINGS = [
  ...[
    'added',
    'add',
    'created',
    'create',
    'invited',
    'invite',
    'joined',
    'left',
    'removed',
    'remove',
    'deleted',
  ],
  ...[
    'delete',
    'granted',
    'grant',
    'revoked',
    'revoke',
    'assigned',
    'assign',
    'unassigned',
    'promoted',
    'demoted',
  ],
  ...['role changed', 'role updated', 'role set', 'permission changed', 'permissions changed', 'suspended'],
  ...['deactivated', 'activated', 'reactivated', 'disabled', 'enabled', 'locked', 'unlocked'],
]
const TOKEN_CHANGES = [
  ...['added', 'add', 'created', 'create', 'issued', 'generated', 'updated', 'update', 'changed', 'rotated'],
  ...[
    'rotate',
    'renewed',
    'revoked',
    'revoke',
    'deleted',
    'delete',
    'removed',
    'remove',
    'disabled',
    'enabled',
  ],
]

type Preset = Omit<ChannelPreset, keyof ChosenFilter> & { filter: TrailFilter }

const ofCodes = (...codes: OwnCodeName[]): TrailFilter => ({ code: including<string>(...codes) })

const PRESETS: readonly Preset[] = [
  {
    name: 'failed-sign-ins-by-account',
    label: 'Failed sign-ins by one account',
    sentence: 'Five failed sign-ins with one account within five minutes: somebody tries out passwords.',
    filter: { action: including(...SIGN_INS), status: including('fail') },
    // Spoor itself refuses an account after five, and records further tries ever more rarely.
    rule: { count: 5, withinSeconds: 300, per: 'actor', quietSeconds: HOUR },
  },
  {
    name: 'failed-sign-ins-from-address',
    label: 'Failed sign-ins from one address',
    sentence: 'Twenty failed sign-ins from one IP address within five minutes, whatever the accounts.',
    filter: { action: including(...SIGN_INS), status: including('fail') },
    rule: { count: 20, withinSeconds: 300, per: 'ip', quietSeconds: HOUR },
  },
  {
    name: 'deletions-by-actor',
    label: 'Deletions by one actor',
    sentence: 'Ten things deleted by one actor within ten minutes: a clean-up, a mistake or a theft.',
    filter: { action: including(...DELETIONS), status: NOT_FAILED },
    rule: { count: 10, withinSeconds: 600, per: 'actor', quietSeconds: HOUR },
  },
  {
    name: 'token-changes',
    label: 'API tokens',
    sentence: 'Each API token, key or credential that is created, changed or revoked.',
    filter: {
      targetType: including(...TOKENS),
      action: including(...TOKEN_CHANGES),
      status: NOT_FAILED,
    },
    rule: null,
  },
  {
    name: 'member-changes',
    label: 'Members and roles',
    sentence: 'Each person who comes or goes, and each role or permission that is given or taken.',
    filter: {
      targetType: including(...PEOPLE),
      action: including(...COMINGS_AND_GOINGS),
      status: NOT_FAILED,
    },
    rule: null,
  },
  {
    name: 'receivers-lost',
    label: 'Receivers lost',
    sentence: 'Each destination or channel that is removed, paused or switched off, or that misses events.',
    filter: ofCodes(
      'DESTINATION_REMOVED',
      'DESTINATION_PAUSED',
      'DESTINATION_DISABLED',
      'DESTINATION_EVENTS_SKIPPED',
      'DESTINATION_SKIPPED',
    ),
    rule: null,
  },
  {
    name: 'retention-and-erasure',
    label: 'Retention and erasure',
    sentence: 'Each change of how long events are kept, each erasure, and each legal hold.',
    filter: ofCodes(
      'RETENTION_SET',
      'ERASURE_REQUESTED',
      'EVENTS_ERASED',
      'ERASURE_FINISHED',
      'LEGAL_HOLD_PLACED',
      'LEGAL_HOLD_RELEASED',
    ),
    rule: null,
  },
  {
    name: 'tampering',
    label: 'Tampering',
    sentence: 'The trail was found changed in the database, or is again what was sealed.',
    filter: ofCodes('TRAIL_TAMPERED', 'TRAIL_TAMPERING_CLEARED'),
    rule: null,
  },
]

/** In the order in which they are offered; each filter as a form takes it. */
export const CHANNEL_PRESETS: readonly ChannelPreset[] = PRESETS.map((preset) => ({
  ...preset,
  types: [],
  levels: [],
  filter: filterToSearchParams(preset.filter).toString(),
}))
