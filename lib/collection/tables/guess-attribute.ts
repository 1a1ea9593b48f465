/** Names that logs have for what the target's fields mean; compared without case and punctuation. */
const USUAL_NAMES: Readonly<Record<string, readonly string[]>> = {
  log_datasource: ['datasource', 'computer', 'host', 'hostname', 'server', 'system', 'machine'],
  log_externalref: ['externalref', 'recordnumber', 'recordid', 'uuid', 'id', 'sequence'],
  log_family: ['family', 'logtype', 'channel', 'logname'],
  log_date: ['timestamp', 'date', 'datetime', 'time', 'eventtime', 'occurredat', 'createdat'],
  log_wheresource: ['clientaddress', 'clientip', 'sourceip', 'ipaddress', 'ip', 'source', 'client'],
  log_wheredestination: ['computer', 'host', 'hostname', 'server', 'destination', 'destinationip'],
  log_whologin: ['subjectuser', 'subjectusername', 'user', 'username', 'login', 'account', 'actor'],
  log_whorepository: ['subjectdomain', 'subjectdomainname', 'domain', 'repository', 'realm'],
  log_whoidentity: ['identity', 'fullname', 'displayname', 'person'],
  log_whosessionid: ['subjectlogonid', 'sessionid', 'session', 'logonid'],
  log_whataction: ['action', 'operation', 'verb', 'method'],
  log_whatstatus: ['outcome', 'status', 'result'],
}

const plain = (name: string) => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')

/** The attribute that probably belongs into a column of the mapping, as a template; blank where none says so by its name. */
export function guessAttribute(column: string, attributes: readonly string[]): string {
  const wanted = USUAL_NAMES[column] ?? [column.replace('log_', '')]
  for (const name of wanted) {
    const found = attributes.find((attribute) => plain(attribute) === name)
    if (found) return `{${found}}`
  }
  return ''
}
