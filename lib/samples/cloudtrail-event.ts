import { isIP } from 'node:net'
import { AppError } from '@/lib/errors/app-error'
import type { EventInput } from '@/lib/event/event-input'

/** What we read of an AWS CloudTrail record (event version 1.0x), as CloudTrail or Logstash writes it. */
type CloudTrailRecord = {
  eventID: string
  eventName: string
  eventSource: string
  eventTime?: string
  '@timestamp'?: string
  awsRegion?: string
  sourceIPAddress?: string
  userAgent?: string
  readOnly?: boolean
  errorCode?: string
  errorMessage?: string
  recipientAccountId?: string
  userIdentity?: {
    type?: string
    userName?: string
    principalId?: string
    arn?: string
    accountId?: string
    accessKeyId?: string
    invokedBy?: string
    sessionContext?: { sessionIssuer?: { userName?: string } }
  }
  requestParameters?: Record<string, unknown> | null
  resources?: { ARN?: string; type?: string; accountId?: string }[] | null
}

type Actor = NonNullable<EventInput['actor']>
type Target = NonNullable<EventInput['targets']>[number]

/** Reads by the names that AWS gives to calls that change nothing. */
const READ_ONLY = /^(Describe|Get|List|Head|Lookup|Search|Select|Query|Scan|BatchGet)/
const DENIED = /AccessDenied|Unauthorized|Forbidden|AuthFailure/

/** Request parameters that name what a call was about, most telling first, and the kind of thing each names. */
const NAMING_PARAMETERS: [name: string, type: string][] = [
  ['instanceId', 'instance'],
  ['volumeId', 'volume'],
  ['bucketName', 'bucket'],
  ['roleArn', 'role'],
  ['roleName', 'role'],
  ['userName', 'user'],
  ['groupName', 'group'],
  ['functionName', 'function'],
]

/** Keeps only what has a value, because an absent field and an empty one are not the same. */
function compact<T extends Record<string, unknown>>(
  fields: { [K in keyof T]: T[K] | undefined | null | '' },
): T {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  ) as T
}

function toActor({ userIdentity = {}, sourceIPAddress = '', userAgent }: CloudTrailRecord): Actor {
  const { userName, sessionContext, invokedBy, arn, principalId, accountId, accessKeyId, type } = userIdentity
  return compact<Actor>({
    login:
      userName ??
      arn?.split('/').at(-1) ??
      sessionContext?.sessionIssuer?.userName ??
      invokedBy ??
      principalId,
    repository: accountId,
    identity: arn,
    id: principalId,
    type,
    sessionId: accessKeyId,
    ip: isIP(sourceIPAddress) !== 0 ? sourceIPAddress : undefined,
    userAgent,
  })
}

/** The value of a parameter wherever CloudTrail nests it: `instancesSet.items[0].instanceId`, `{tag, content}` … */
function findParameter(value: unknown, wanted: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  for (const [name, member] of Object.entries(value)) {
    if (name.toLowerCase() === wanted.toLowerCase()) {
      const content =
        typeof member === 'object' && member !== null && 'content' in member ? member.content : member
      if (typeof content === 'string' && content !== '') return content
    }
    const found = findParameter(member, wanted)
    if (found) return found
  }
  return undefined
}

function toTargets({
  resources,
  requestParameters,
  recipientAccountId,
  eventSource,
}: CloudTrailRecord): Target[] {
  const named = (resources ?? []).filter(({ ARN }) => ARN).slice(0, 2)
  if (named.length > 0)
    return named.map(({ ARN, type, accountId }) =>
      compact<Target>({ type, name: ARN, id: ARN, parent: accountId ?? recipientAccountId }),
    )
  for (const [parameter, type] of NAMING_PARAMETERS) {
    const name = findParameter(requestParameters, parameter)
    if (name) return [compact<Target>({ type, name, parent: recipientAccountId })]
  }
  return [compact<Target>({ type: 'service', name: eventSource, parent: recipientAccountId })]
}

function levelOf({ errorCode, readOnly, eventName }: CloudTrailRecord): EventInput['level'] {
  if (errorCode) return DENIED.test(errorCode) ? 'warning' : 'error'
  return (readOnly ?? READ_ONLY.test(eventName)) ? 'info' : 'notice'
}

/**
 * An AWS CloudTrail record as an event: who called what, on what, from where, and whether it worked; the record
 * whole under `data`. Its `eventID` is its identity, so a record that comes twice is one event. Field meanings:
 * AWS CloudTrail User Guide, record contents. Throws `invalid` for what is no such record.
 */
export function cloudTrailEvent(record: unknown): EventInput {
  const { eventID, eventName, eventSource } = (record ?? {}) as Partial<CloudTrailRecord>
  if (![eventID, eventName, eventSource].every((name) => typeof name === 'string' && name !== ''))
    throw new AppError(
      'invalid',
      'Not a CloudTrail record: eventID, eventName and eventSource must be texts.',
    )
  const trail = record as CloudTrailRecord
  const actor = toActor(trail)
  const targets = toTargets(trail)
  const outcome = trail.errorCode ? ` and failed: ${trail.errorCode}` : ''
  return compact<EventInput>({
    type: 'aws',
    action: trail.eventName,
    level: levelOf(trail),
    status: trail.errorCode ? 'fail' : 'success',
    code: `${trail.eventSource}:${trail.eventName}`,
    category: trail.eventSource.replace(/\.amazonaws\.com$/, ''),
    message: `${actor.login ?? 'somebody'} called ${trail.eventName} on ${targets[0]?.name}${outcome}`,
    occurredAt: trail.eventTime ?? trail['@timestamp'],
    actor,
    targets,
    source: actor.ip ? trail.awsRegion : trail.sourceIPAddress,
    destination: trail.eventSource,
    dataSource: 'aws-cloudtrail',
    externalRef: trail.eventID,
    data: trail,
  })
}
