import type { LineDefinition } from './definition'

type Field = keyof LineDefinition['target']

/** What columns are called that a field of the log target is often in, without case, spaces and signs; best first. */
const COLUMN_NAMES: Partial<Record<Field, readonly string[]>> = {
  datasource: ['datasource', 'logsource', 'connector', 'provider', 'product', 'host', 'computer', 'hostname'],
  externalref: [
    'externalref',
    'externalid',
    'recordnumber',
    'recordid',
    'logid',
    'uuid',
    'guid',
    'requestid',
    'id',
  ],
  family: ['family', 'logtype', 'logname', 'channel'],
  date: [
    'date',
    'timestamp',
    'time',
    'datetime',
    'eventtime',
    'timegenerated',
    'timecreated',
    'createdat',
    'occurredat',
    'when',
    'ts',
    'zeit',
    'datum',
    'zeitstempel',
    'horodatage',
  ],
  wheresource: [
    'wheresource',
    'sourceip',
    'clientip',
    'clientaddress',
    'ipaddress',
    'ip',
    'srcip',
    'remoteaddress',
    'source',
  ],
  wheredestination: [
    'wheredestination',
    'destination',
    'destinationip',
    'dstip',
    'computer',
    'hostname',
    'host',
    'server',
  ],
  whologin: [
    'whologin',
    'login',
    'username',
    'user',
    'account',
    'accountname',
    'subjectuser',
    'subjectusername',
    'actor',
    'userid',
    'benutzer',
    'utilisateur',
  ],
  whorepository: [
    'whorepository',
    'repository',
    'domain',
    'userdomain',
    'subjectdomain',
    'subjectdomainname',
    'realm',
    'directory',
  ],
  whoidentity: ['whoidentity', 'identity', 'fullname', 'displayname', 'employee'],
  whosessionid: ['whosessionid', 'sessionid', 'session', 'logonid', 'subjectlogonid'],
  whateventcategory: ['whateventcategory', 'category', 'eventcategory', 'module'],
  whateventcode: ['whateventcode', 'eventcode', 'eventid', 'code', 'eventtype', 'eventname', 'event', 'type'],
  whateventcodelabel: [
    'whateventcodelabel',
    'eventlabel',
    'eventname',
    'label',
    'title',
    'event',
    'eventtype',
  ],
  whataction: ['whataction', 'action', 'operation', 'verb', 'activity', 'method', 'eventname'],
  whatpayload: ['whatpayload', 'payload', 'amount', 'value'],
  whatcount: ['whatcount', 'count', 'occurrences'],
  whatdisplaylabel: [
    'whatdisplaylabel',
    'whatdisplayname',
    'message',
    'description',
    'summary',
    'text',
    'msg',
  ],
  whattargetname: [
    'whattargetname',
    'target',
    'targetname',
    'object',
    'objectname',
    'resource',
    'file',
    'filename',
    'path',
  ],
  whattargetparent: ['whattargetparent', 'targetparent', 'targetdomain', 'share', 'folder'],
  whatoldvalue: ['whatoldvalue', 'oldvalue', 'before', 'previousvalue'],
  whatnewvalue: ['whatnewvalue', 'newvalue', 'after'],
  whatdata: ['whatdata', 'data', 'details', 'json', 'extra'],
  level: ['level', 'loglevel'],
}

const plain = (name: string) => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')

/** The column of a header that is called best for each field; fields without one are left out. */
export function guessFields(header: readonly string[]): Partial<Record<Field, string>> {
  const byName = new Map(header.map((name) => [plain(name), name]))
  const guesses = Object.entries(COLUMN_NAMES).flatMap(([field, names]) => {
    const found = names?.find((name) => byName.has(name))
    return found === undefined ? [] : [[field, byName.get(found) as string] as const]
  })
  return Object.fromEntries(guesses)
}

/** The column with ids of event types. */
export function guessEventId(header: readonly string[]): string | undefined {
  const names = ['eventid', 'eventcode', 'eventtype', 'code', 'event', 'operation', 'action', 'id']
  const byName = new Map(header.map((name) => [plain(name), name]))
  return names.map((name) => byName.get(name)).find((name) => name !== undefined)
}
