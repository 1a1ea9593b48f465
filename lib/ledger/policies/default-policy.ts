import { ENTITY_LABELS, type EntityType } from '@/lib/ledger/entity-types'
import type { CompareBy, Comparison, Parameter, RuleDefinition } from '@/lib/ledger/rules/definition'
import type { LogEntity } from './definition'

export type DefaultRule = { name: string; note: string; entityType: EntityType; definition: RuleDefinition }
type DefaultEntry = { logEntity: LogEntity; rule: DefaultRule; display: string }

const finds = (attribute: string, parameter: Parameter, by: CompareBy = 'ignoring-case'): Comparison => ({
  kind: 'finds',
  attribute,
  by,
  parameter,
})

const newRule = (
  entityType: EntityType,
  by: string,
  note: string,
  ...comparisons: Comparison[]
): DefaultRule => ({
  name: `${ENTITY_LABELS[entityType].one} by ${by}`,
  note,
  entityType,
  definition: { comparisons },
})

const ACCOUNT_BY_LOGIN = newRule(
  'account',
  'login and repository',
  'The account with this login in this repository (domain, directory), whatever the case.',
  finds('login', 1),
  finds('repository', 2),
)
const ACCOUNT_BY_SID = newRule(
  'account',
  'SID as its name',
  'Where the log gives a Windows security identifier instead of a login.',
  finds('sid', 1, 'sid'),
)
const ACCOUNT_BY_SID_AS_ID = newRule(
  'account',
  'SID as its id',
  'Where the log gives a Windows security identifier beside the login.',
  finds('sid', 4, 'sid'),
)
const IDENTITY_BY_EMAIL = newRule(
  'identity',
  'e-mail address',
  'Where people sign in with their e-mail address.',
  finds('email', 1, 'email'),
)
const IDENTITY_BY_OTHER_EMAIL = newRule(
  'identity',
  'e-mail address as identity',
  'Where the log gives the e-mail address of the person beside the login.',
  finds('email', 3, 'email'),
)
const GROUP_BY_NAME = newRule(
  'group',
  'name and repository',
  'The group with this name in this repository, whatever the case; groups of Windows itself are in Builtin.',
  finds('name', 1),
  finds('repository', 2),
)
const GROUP_BY_SID = newRule(
  'group',
  'SID as its name',
  'Where the log gives a Windows security identifier instead of a name.',
  finds('sid', 1, 'sid'),
)
const GROUP_BY_SID_AS_ID = newRule(
  'group',
  'SID as its id',
  'Where the log gives a Windows security identifier beside the name.',
  finds('sid', 4, 'sid'),
)

const byKey = (type: EntityType) =>
  newRule(
    type,
    'key',
    'Where the log gives the key that the ledger knows it by, whatever the case.',
    finds('key', 1),
  )
const byName = (type: EntityType) =>
  newRule(type, 'name', 'Where the log gives its name, whatever the case.', finds('name', 1))

const ACCOUNT_DISPLAY = '{identity|display_name}'
const DISPLAY = '{display_name}'
const entry = (logEntity: LogEntity, rule: DefaultRule): DefaultEntry => ({
  logEntity,
  rule,
  display: rule.entityType === 'account' ? ACCOUNT_DISPLAY : DISPLAY,
})

/** What a workspace begins with: by login and repository, SID, and e-mail address. */
export const DEFAULT_POLICY = {
  name: 'Default',
  note: 'People by login and repository, Windows SID or e-mail address; everything else by name or key.',
  entries: [
    entry('actor', ACCOUNT_BY_LOGIN),
    entry('actor', ACCOUNT_BY_SID),
    entry('actor', ACCOUNT_BY_SID_AS_ID),
    entry('actor', IDENTITY_BY_EMAIL),
    entry('actor', IDENTITY_BY_OTHER_EMAIL),
    entry('account', ACCOUNT_BY_LOGIN),
    entry('account', ACCOUNT_BY_SID),
    entry('account', ACCOUNT_BY_SID_AS_ID),
    entry('group', GROUP_BY_NAME),
    entry('group', GROUP_BY_SID),
    entry('group', GROUP_BY_SID_AS_ID),
    entry('identity', IDENTITY_BY_EMAIL),
    entry('identity', byKey('identity')),
    entry('asset', byKey('asset')),
    entry(
      'asset',
      newRule(
        'asset',
        'name and repository',
        'The asset with this name in this repository, whatever the case.',
        finds('name', 1),
        finds('repository', 2),
      ),
    ),
    entry('permission', byKey('permission')),
    entry(
      'permission',
      newRule(
        'permission',
        'name and application',
        'The permission with this name of this application, whatever the case.',
        finds('name', 1),
        finds('application', 2),
      ),
    ),
    ...(['organisation', 'application', 'repository', 'perimeter'] as const).flatMap((type) => [
      entry(type, byKey(type)),
      entry(type, byName(type)),
    ]),
    entry('undetermined', ACCOUNT_BY_LOGIN),
    entry('undetermined', GROUP_BY_NAME),
    entry('undetermined', ACCOUNT_BY_SID),
    entry('undetermined', IDENTITY_BY_EMAIL),
  ],
} satisfies { name: string; note: string; entries: DefaultEntry[] }
