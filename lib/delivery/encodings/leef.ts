import { isIP } from 'node:net'
import type { ForwardedEvent } from '@/lib/delivery/forwarded-event'
import { matchedName, matchedOrganisation, sentenceOf } from '@/lib/delivery/matched-names'
import type { StoredEvent } from '@/lib/event/stored-event'
import type { EncodingContext } from './encoding-context'
import { readOutgoing } from './outgoing-event'
import { SEVERITIES } from './severities'
import { findTarget } from './subjects'
import { verbOf } from './verbs'
import { showControls } from './visible-controls'

/** What stands for the product's version: the encoding's own, as bytes must not change by an upgrade. */
const MAPPING_VERSION = '1'

/** A tab would be usual, but relays such as rsyslog write control characters as `#011`. */
const DELIMITER = '^'
/** What stands for the delimiter in a value, and for a bar in a header: LEEF knows no escapes. */
const [CIRCUMFLEX, BROKEN_BAR] = ['\u02c6', '\u00a6']

/** With the offset as Java's pattern has it. */
const TIME_FORMAT = "yyyy-MM-dd'T'HH:mm:ss.SSSZ"

const headerText = (text: string) => showControls(text).replaceAll('|', BROKEN_BAR)
const valueText = (value: string | number) => showControls(String(value)).replaceAll(DELIMITER, CIRCUMFLEX)
const asJson = (value: unknown) => (value === undefined ? undefined : JSON.stringify(value))
const isAddress = (text: string | undefined) => text !== undefined && isIP(text) !== 0

/** QRadar numbers severities from 1. */
const severityOf = ({ level }: StoredEvent) => Math.max(1, SEVERITIES[level].cef)

function whoAndWhere({ action, code, actor, source, destination, targets }: StoredEvent) {
  const verb = verbOf(action, code)
  const user = findTarget(targets, 'user')
  return {
    usrName: actor?.login ?? actor?.identity,
    domain: actor?.repository,
    src: isAddress(actor?.ip) ? actor?.ip : undefined,
    srcHostName: source,
    dst: isAddress(destination) ? destination : undefined,
    dstHostName: isAddress(destination) ? undefined : destination,
    accountName: user?.name,
    isLoginEvent: verb === 'logon' ? 'true' : undefined,
    isLogoutEvent: verb === 'logoff' ? 'true' : undefined,
    identity: actor?.login === undefined ? undefined : actor.identity,
    userId: actor?.id,
    userType: actor?.type,
    sessionId: actor?.sessionId,
    userAgent: actor?.userAgent,
    sourceAddress: isAddress(actor?.ip) ? undefined : actor?.ip,
  }
}

function ownFields(event: StoredEvent, tenant: string, checkpoint: string | undefined) {
  const [target] = event.targets ?? []
  return {
    resource: target?.name ?? target?.id,
    resourceType: target?.type,
    oldValue: event.oldValue,
    newValue: event.newValue,
    payload: event.payload,
    count: event.count,
    dataSource: event.dataSource,
    externalRef: event.externalRef,
    codeLabel: event.codeLabel,
    eventCategory: event.category,
    onBehalfOf: asJson(event.onBehalfOf),
    targets: asJson(event.targets),
    data: asJson(event.data),
    custom: asJson(event.custom),
    erased: event.erased ? 'true' : undefined,
    tenant,
    level: event.level,
    eventId: event.id,
    seq: event.seq,
    receivedAt: event.receivedAt,
    leafHash: event.leafHash,
    origin: event.origin,
    // Its lines would be lost otherwise: no value may have a line break, and nothing stands for one.
    checkpoint: checkpoint === undefined ? undefined : Buffer.from(checkpoint).toString('base64'),
  }
}

/** An event as one line of IBM's Log Event Extended Format, version 2.0, with `^` between attributes. Pure. */
export function toLeef(forwarded: ForwardedEvent, { tenant, checkpoint }: EncodingContext): string {
  const event = readOutgoing(forwarded)
  const { matched } = forwarded
  const { type, action, code, status } = event
  const header = ['LEEF:2.0', 'Spoor', 'Spoor', MAPPING_VERSION, code ?? `${type}:${action}`, DELIMITER]
  const attributes = {
    devTime: forwarded.occurredAt.replace('Z', '+0000'),
    devTimeFormat: TIME_FORMAT,
    // Together with the code it decides what QRadar takes an event for: failures are events of their own.
    cat: status === 'fail' ? `${type}/fail` : type,
    sev: severityOf(event),
    type,
    action,
    status,
    msg: sentenceOf(event, matched),
    ...whoAndWhere(event),
    ...ownFields(event, tenant, checkpoint),
    actorName: matchedName(matched?.actor),
    actorOrganisation: matchedOrganisation(matched?.actor),
    targetName: matchedName(matched?.targets?.[0]),
  }
  const pairs = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${valueText(value)}`],
  )
  return `${header.map(headerText).join('|')}|${pairs.join(DELIMITER)}`
}
