import { isIPv4, isIPv6 } from 'node:net'
import type { ForwardedEvent } from '@/lib/delivery/forwarded-event'
import { matchedName, matchedOrganisation, sentenceOf } from '@/lib/delivery/matched-names'
import type { StoredEvent } from '@/lib/event/stored-event'
import type { MatchedEvent } from '@/lib/ledger/matched/matched-event'
import type { EncodingContext } from './encoding-context'
import { readOutgoing } from './outgoing-event'
import { SEVERITIES } from './severities'
import { findTarget } from './subjects'
import { showControls } from './visible-controls'

/** What stands for a product's version in CEF and LEEF: the encoding's own, as bytes must not change by an upgrade. */
const MAPPING_VERSION = '1'

const escapeHeader = (text: string) => showControls(text).replace(/[\\|]/g, '\\$&')

const ESCAPES: Record<string, string> = { '\\': '\\\\', '=': '\\=', '\n': '\\n', '\r': '\\r' }
const escapeValue = (text: string) =>
  showControls(text.replace(/[\\=\n\r]/g, (sign) => ESCAPES[sign] ?? sign))

type Value = string | number | undefined
/** Keys of CEF's dictionary, in this order. */
type Extension = [key: string, value: Value][]

/** A custom field of CEF is two: what it is called, and what it says. */
const labelled = (key: string, label: string, value: Value): Extension =>
  value === undefined
    ? []
    : [
        [`${key}Label`, label],
        [key, value],
      ]

const asJson = (value: unknown) => (value === undefined ? undefined : JSON.stringify(value))
const OUTCOMES = { success: 'success', fail: 'failure' }

function whoAndWhere({ actor, source, destination, targets }: StoredEvent): Extension {
  const user = findTarget(targets, 'user')
  const ip = actor?.ip
  const isAddress = ip !== undefined && (isIPv4(ip) || isIPv6(ip))
  return [
    ['suser', actor?.login ?? actor?.identity],
    ['suid', actor?.id],
    ['sntdom', actor?.repository],
    ['spriv', actor?.type],
    ['src', ip !== undefined && isIPv4(ip) ? ip : undefined],
    ...labelled('c6a2', 'Source IPv6 Address', ip !== undefined && isIPv6(ip) ? ip : undefined),
    ['shost', source],
    ['requestClientApplication', actor?.userAgent],
    ['duser', user?.name],
    ['duid', user?.id],
    ['dntdom', user?.parent],
    ['dhost', destination],
    ['SpoorIdentity', actor?.login === undefined ? undefined : actor.identity],
    ['SpoorAddress', isAddress ? undefined : ip],
  ]
}

/** Six texts have a name of their own; the rest goes under names that begin with ours, as CEF allows. */
function ownFields(event: StoredEvent, tenant: string, checkpoint: string | undefined): Extension {
  const [target] = event.targets ?? []
  const targetName = [target?.type, target?.name ?? target?.id].filter(Boolean).join(' ')
  return [
    ...labelled('cn1', 'seq', event.seq),
    ...labelled('cs1', 'target', targetName || undefined),
    ...labelled('cs2', 'dataSource', event.dataSource),
    ...labelled('cs3', 'oldValue', event.oldValue),
    ...labelled('cs4', 'newValue', event.newValue),
    ...labelled('cs5', 'session', event.actor?.sessionId),
    ...labelled('cs6', 'checkpoint', checkpoint),
    ['SpoorTenant', tenant],
    ['SpoorLevel', event.level],
    ['SpoorReceivedAt', event.receivedAt],
    ['SpoorLeafHash', event.leafHash],
    ['SpoorOrigin', event.origin],
    ['SpoorCategory', event.category],
    ['SpoorExternalRef', event.externalRef],
    ['SpoorPayload', event.payload],
    ['SpoorOnBehalfOf', asJson(event.onBehalfOf)],
    ['SpoorTargets', asJson(event.targets)],
    ['SpoorData', asJson(event.data)],
    ['SpoorCustom', asJson(event.custom)],
    ['SpoorErased', event.erased ? 'true' : undefined],
  ]
}

/** What the ledger knows, with the target that a line names. */
const matchedFields = ({ actor, targets }: MatchedEvent = {}): Extension => [
  ['SpoorActorName', matchedName(actor)],
  ['SpoorActorOrganisation', matchedOrganisation(actor)],
  ['SpoorTargetName', matchedName(targets?.[0])],
]

/** An event as one line of ArcSight's Common Event Format, version 0. Pure. */
export function toCef(forwarded: ForwardedEvent, { tenant, checkpoint }: EncodingContext): string {
  const event = readOutgoing(forwarded)
  const { type, action, code, codeLabel } = event
  const header = ['Spoor', 'Spoor', MAPPING_VERSION, code ?? `${type}:${action}`, codeLabel ?? action]
  const extension: Extension = [
    ['rt', Date.parse(event.occurredAt)],
    ['externalId', event.id],
    ['cat', type],
    ['act', action],
    ['outcome', event.status && OUTCOMES[event.status]],
    ['cnt', event.count],
    ['msg', sentenceOf(event, forwarded.matched)],
    ...whoAndWhere(event),
    ...ownFields(event, tenant, checkpoint),
    ...matchedFields(forwarded.matched),
  ]
  const pairs = extension.flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${escapeValue(String(value))}`],
  )
  return `CEF:0|${[...header.map(escapeHeader), SEVERITIES[event.level].cef].join('|')}|${pairs.join(' ')}`
}
