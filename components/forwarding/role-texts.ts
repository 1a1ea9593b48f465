import type { DestinationRole } from '@/lib/delivery/destinations/roles'

/** What the same thing is called where events are forwarded, and where people are told. */
type Words = {
  /** Begins the name of its switch. */
  switch: string
  /** What is at rest while it is paused. */
  paused: string
  resume: string
  resumed: string
  /** What becomes of what waited. */
  sentNow: string
  sentOnceWell: string
  remove: string
  confirmRemove: string
  disabled: string
  test: string
  tested: string
  lists: string
  removed: string
  column: string
  kind: string
  removedAt: string
}

export const ROLE_TEXTS: Record<DestinationRole, Words> = {
  forwarding: {
    switch: 'Forward to',
    paused: 'Forwarding is paused',
    resume: 'Resume forwarding',
    resumed: 'Forwarding goes on',
    sentNow: 'What waited is sent now.',
    sentOnceWell: 'Events wait and are sent in order once it works.',
    remove: 'Remove',
    confirmRemove: 'Remove destination',
    disabled: 'Spoor switched this destination off',
    test: 'Test',
    tested: 'One made-up event was sent on the way that all events take, once. It is not part of the trail.',
    lists: 'Lists of this destination',
    removed: 'Removed destinations',
    column: 'Destination',
    kind: 'Kind',
    removedAt: 'Removed',
  },
  channel: {
    switch: 'Notify by',
    paused: 'This channel is switched off',
    resume: 'Switch the channel on',
    resumed: 'The channel is on again',
    sentNow: 'What waited is in the next message.',
    sentOnceWell: 'Events wait and are in the next message once it works.',
    remove: 'Delete',
    confirmRemove: 'Delete channel',
    disabled: 'Spoor switched this channel off',
    test: 'Test channel',
    tested: 'One notification about a made-up event was sent, at once. The event is not part of the trail.',
    lists: 'Tabs of this channel',
    removed: 'Deleted channels',
    column: 'Channel',
    kind: 'Type',
    removedAt: 'Deleted',
  },
}
