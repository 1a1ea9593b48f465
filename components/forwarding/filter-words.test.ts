import { describe, expect, test } from 'vitest'
import { CHANNEL_PRESETS } from '@/lib/channels/presets'
import { filterParts } from './filter-words'

describe('what a filter means', () => {
  test('each part says what is wanted and what is not, in the order of the trail', () => {
    expect(filterParts('status=!fail&action=delete&action=remove&data.region=eu&minLevel=error')).toEqual([
      { label: 'Action', verb: 'is one of', values: ['delete', 'remove'] },
      { label: 'Status', verb: 'is not', values: ['fail'] },
      { label: 'data.region', verb: 'is', values: ['eu'] },
      { label: 'Level', verb: 'is at least', values: ['error'] },
    ])
  })

  test('texts must all be found, and values of one field need only one of them', () => {
    expect(filterParts('q=door&q=back&q=!test&actor=!a&actor=!b').map(({ verb }) => verb)).toEqual([
      'has all of',
      'lacks',
      'is none of',
    ])
  })

  test('a value that begins with an exclamation mark is not one to leave out', () => {
    expect(filterParts('action=\\!open')).toEqual([{ label: 'Action', verb: 'is', values: ['!open'] }])
  })

  test('an unfinished filter has no parts yet', () => {
    expect(filterParts('')).toEqual([])
    expect(filterParts('action=')).toEqual([])
    expect(filterParts('nonsense')).toEqual([])
  })

  test('each preset can be read', () => {
    for (const { filter } of CHANNEL_PRESETS) expect(filterParts(filter)).not.toEqual([])
  })
})
