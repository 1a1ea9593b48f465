import { expect, test } from 'vitest'
import { compileTarget } from '@/lib/collection/target/compile-target'
import { processedTarget } from '@/lib/collection/target/processed-target'
import { toCollectedEvent } from '@/lib/collection/target/to-collected-event'
import { checkMapping } from './check-mapping'
import { compileProcessing } from './compile-processing'
import { PROCESSED_ATTRIBUTES } from './processed-attributes'
import { readWindowsEvents } from './testing/windows-events'

const { properties, mapping, header, rows } = readWindowsEvents()
const processing = compileProcessing(properties, mapping, {
  attributes: header,
  eventIdAttribute: 'eventid',
  unknown: 'reject',
})
const fillTarget = compileTarget(processedTarget(), [...header, ...PROCESSED_ATTRIBUTES])
const context = { mandants: new Set(['theshire']) }

function collect(cells: string[]) {
  const processed = processing(cells)
  if (!Array.isArray(processed)) throw new Error(`not processed: ${JSON.stringify(processed)}`)
  return toCollectedEvent(fillTarget([...cells, ...processed]), context)
}

const eventOf = (id: string) => {
  const cells = rows.find(([eventId]) => eventId === id)
  const outcome = collect(cells ?? [])
  if ('reject' in outcome) throw new Error(outcome.reject.reason)
  return outcome.event
}

test('the two recorded tables fit each other and the recorded rows', () => {
  expect(checkMapping(properties, mapping, header)).toEqual([])
})

test('every one of the 6,138 recorded rows is an event, and no two are the same', () => {
  const outcomes = rows.map(collect)
  expect(outcomes).toHaveLength(6138)
  expect(outcomes.flatMap((outcome) => ('reject' in outcome ? [outcome.reject] : []))).toEqual([])
  const identities = outcomes.flatMap((outcome) =>
    'event' in outcome ? [`${outcome.event.dataSource} ${outcome.event.externalRef}`] : [],
  )
  expect(new Set(identities).size).toBe(6138)
})

test('the account that was created for a back door', () => {
  expect(eventOf('4720')).toStrictEqual({
    type: 'securityadmin',
    action: 'create',
    level: 'info',
    status: 'success',
    occurredAt: '2020-09-14T12:06:03Z',
    category: 'User Account Management',
    code: 'MS-4720',
    codeLabel: 'A user account was created',
    message: 'A user account was created: backdoor',
    actor: { login: 'pgustavo', repository: 'THESHIRE', sessionId: '0x551686' },
    targets: [{ type: 'account', name: 'backdoor', parent: 'WORKSTATION6' }],
    destination: 'WORKSTATION6.theshire.local',
    oldValue: '0x0',
    newValue: '0x15',
    count: 1,
    dataSource: 'WEC-WORKSTATION6.theshire.local',
    externalRef: 'WORKSTATION6.theshire.local-56079',
    data: {
      text: [
        ' AccountExpires: %%1794',
        ' AllowedToDelegateTo: -',
        ' DisplayName: %%1793',
        ' HomeDirectory: %%1793',
        ' HomePath: %%1793',
        ' LogonHours: %%1797',
        ' NewUacValue: 0x15',
        ' OldUacValue: 0x0',
        ' PasswordLastSet: %%1794',
        ' TargetDomainName: WORKSTATION6',
        ' TargetSid: S-1-5-21-1969843730-2406867588-1543852148-1000',
        ' TargetUserName: backdoor',
      ].join('\n'),
    },
  })
})

test('a sign-in from an address, and a privilege that was refused', () => {
  expect(eventOf('4624')).toMatchObject({
    action: 'logon',
    source: '::1',
    actor: { login: '-', ip: '::1' },
    message: 'An account was successfully logged on: MORDORDC$',
    custom: { custom1: '3' },
  })
  expect(eventOf('4673')).toMatchObject({
    status: 'fail',
    level: 'warning',
    actor: { login: 'LOCAL SERVICE', repository: 'NT AUTHORITY' },
    data: {
      text: ' ObjectServer: Security\n PrivilegeList: SeProfileSingleProcessPrivilege\n ProcessId: 0x1708\n ProcessName: C:\\Windows\\System32\\svchost.exe\n Service: -',
    },
  })
})

test('an event without properties of its own has no data', () => {
  expect(eventOf('4954')).not.toHaveProperty('data')
})
