import { expect, test } from 'vitest'
import { acceptEvent } from '@/lib/event/accept-event'
import { cloudTrailEvent } from './cloudtrail-event'

const record = {
  eventID: 'e-1',
  eventName: 'DescribeInstances',
  eventSource: 'ec2.amazonaws.com',
  '@timestamp': '2020-09-14T00:44:24.000Z',
  awsRegion: 'us-east-1',
  sourceIPAddress: '203.0.113.4',
  userAgent: 'console.ec2.amazonaws.com',
  recipientAccountId: '123456789123',
  userIdentity: {
    type: 'IAMUser',
    userName: 'pedro',
    principalId: 'AIDA',
    arn: 'arn:aws:iam::123456789123:user/pedro',
    accountId: '123456789123',
    accessKeyId: 'ASIA',
  },
  requestParameters: { instancesSet: { items: [{ instanceId: 'i-044b' }] } },
}

test('a record becomes an event that the door takes, with the record whole', () => {
  const event = cloudTrailEvent(record)
  expect(event).toMatchObject({
    type: 'aws',
    action: 'DescribeInstances',
    level: 'info',
    status: 'success',
    actor: { login: 'pedro', ip: '203.0.113.4', userAgent: 'console.ec2.amazonaws.com' },
    targets: [{ type: 'instance', name: 'i-044b', parent: '123456789123' }],
    occurredAt: '2020-09-14T00:44:24.000Z',
    dataSource: 'aws-cloudtrail',
    externalRef: 'e-1',
    data: record,
  })
  expect(acceptEvent(event, '2026-11-20T22:38:00.123Z')).toHaveProperty('accepted')
})

test('a denied call is a failed warning, any other failure an error, a change a notice', () => {
  expect(cloudTrailEvent({ ...record, errorCode: 'AccessDenied' })).toMatchObject({
    status: 'fail',
    level: 'warning',
  })
  expect(cloudTrailEvent({ ...record, errorCode: 'InvalidInstanceID' })).toMatchObject({
    status: 'fail',
    level: 'error',
  })
  expect(cloudTrailEvent({ ...record, eventName: 'RunInstances' })).toMatchObject({ level: 'notice' })
})

test('a service that calls by name has no address, but a source and a login', () => {
  const event = cloudTrailEvent({
    ...record,
    sourceIPAddress: 'ec2.amazonaws.com',
    userIdentity: { type: 'AWSService', invokedBy: 'ec2.amazonaws.com' },
  })
  expect(event).toMatchObject({ source: 'ec2.amazonaws.com', actor: { login: 'ec2.amazonaws.com' } })
  expect(event.actor).not.toHaveProperty('ip')
})

test('what is no record is refused', () => {
  expect(() => cloudTrailEvent({ hello: 1 })).toThrow('eventID, eventName and eventSource')
  expect(() => cloudTrailEvent(null)).toThrow('Not a CloudTrail record')
})
