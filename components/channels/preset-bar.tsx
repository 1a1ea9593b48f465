'use client'

import { FieldGroup } from '@/components/form/field-group'
import { Button } from '@/components/ui/button'
import type { ChannelPreset } from '@/lib/channels/presets'

type Props = {
  presets: readonly ChannelPreset[]
  chosen: ChannelPreset | undefined
  onChoose: (preset: ChannelPreset) => void
}

/** What people most often want to be told of: fills in the filter, the threshold and the note. */
export function PresetBar({ presets, chosen, onChoose }: Props) {
  return (
    <FieldGroup
      legend="Presets"
      hint="Each fills in the filter, the threshold and the note; change what you like."
    >
      <div className="flex flex-wrap gap-1.5">
        {presets.map((preset) => (
          <Button
            key={preset.name}
            size="sm"
            aria-pressed={preset.name === chosen?.name}
            className="aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent"
            onClick={() => onChoose(preset)}
          >
            {preset.label}
          </Button>
        ))}
      </div>
      <p aria-live="polite" className="mt-1.5 text-pretty empty:hidden text-quiet text-xs">
        {chosen?.sentence}
      </p>
    </FieldGroup>
  )
}
