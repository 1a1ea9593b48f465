/** What was done, as far as standards of other products have a word for it. */
export type Verb = keyof typeof WORDS

/** As actions say it; two words stand for a phrase. */
const WORDS = {
  logon: ['sign in', 'signed in', 'signed on', 'log in', 'logged in', 'logged on', 'login', 'logon'],
  logoff: ['sign out', 'signed out', 'signed off', 'log out', 'logged out', 'logged off', 'logout', 'logoff'],
  create: [
    'create',
    'created',
    'insert',
    'inserted',
    'register',
    'registered',
    'imported',
    'uploaded',
    'issued',
  ],
  read: [
    ...['read', 'view', 'viewed', 'get', 'list', 'listed', 'describe', 'head', 'open', 'opened', 'search'],
    ...['searched', 'download', 'downloaded', 'export', 'exported', 'accessed', 'lookup', 'query', 'queried'],
  ],
  update: [
    ...['update', 'updated', 'change', 'changed', 'modify', 'modified', 'edit', 'edited', 'set', 'put'],
    ...['patch', 'patched', 'rename', 'renamed', 'configure', 'configured', 'replaced', 'restored'],
  ],
  delete: ['delete', 'deleted', 'destroy', 'destroyed', 'purge', 'purged', 'erase', 'erased', 'terminated'],
  add: ['add', 'added', 'join', 'joined', 'invite', 'invited'],
  remove: ['remove', 'removed', 'left'],
  grant: ['grant', 'granted', 'assign', 'assigned', 'attach', 'attached', 'promoted'],
  revoke: ['revoke', 'revoked', 'unassign', 'unassigned', 'detach', 'detached', 'demoted'],
  enable: ['enable', 'enabled', 'activate', 'activated', 'reactivated', 'resume', 'resumed'],
  disable: ['disable', 'disabled', 'deactivate', 'deactivated', 'suspend', 'suspended', 'pause', 'paused'],
  lock: ['lock', 'locked'],
  unlock: ['unlock', 'unlocked'],
  reset: ['reset'],
} as const satisfies Record<string, readonly string[]>

const verbs = new Map<string, Verb>()
for (const [verb, words] of Object.entries(WORDS)) for (const word of words) verbs.set(word, verb as Verb)

/** `DescribeInstances`, `USER_LOGGED_IN` and `signed in` as lower-case words. */
export function wordsOf(name: string): string[] {
  const spaced = name.replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
  return spaced.toLowerCase().match(/[\p{L}\d]+/gu) ?? []
}

/** The first word or phrase in a text that names something done. */
function findVerb(text: string): Verb | undefined {
  const words = wordsOf(text)
  for (const [at, word] of words.entries()) {
    const verb = verbs.get(`${word} ${words[at + 1]}`) ?? verbs.get(word)
    if (verb) return verb
  }
  return undefined
}

/** What was done, by the action or else by the code; undefined for what these words don't tell. */
export function verbOf(action: string, code: string | undefined): Verb | undefined {
  return findVerb(action) ?? (code === undefined ? undefined : findVerb(code))
}
