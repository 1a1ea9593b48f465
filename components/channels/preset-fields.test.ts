import { expect, it } from 'vitest'
import { z } from 'zod'
import { CHANNEL_PRESETS } from '@/lib/channels/presets'
import { channelInputShape, configureChannel } from '@/lib/delivery/destinations/channel-config'
import { presetFields } from './preset-fields'

it.each(CHANNEL_PRESETS)('a form that the preset $name filled in means its rule', ({ rule }) => {
  const { rule: read } = configureChannel(z.object(channelInputShape).parse(presetFields({ rule })))
  expect(read).toEqual(rule ?? undefined)
})
