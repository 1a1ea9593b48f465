'use client'

import { PRESETS, type Preset } from './presets'

type Props = { chosen: Preset['id']; onChoose: (preset: Preset) => void }

/** Fills in what is the same for everybody who uses that receiver. */
export function PresetPicker({ chosen, onChoose }: Props) {
  return (
    <fieldset>
      <legend className="mb-1 font-medium text-sm">Receiver</legend>
      <div className="grid gap-2 sm:grid-cols-3">
        {PRESETS.map((preset) => (
          <button
            key={preset.id}
            type="button"
            aria-pressed={preset.id === chosen}
            onClick={() => onChoose(preset)}
            className="h-10 rounded-md border border-rim bg-surface px-3 text-left text-sm hover:bg-hover aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:font-medium aria-pressed:text-accent"
          >
            {preset.label}
          </button>
        ))}
      </div>
    </fieldset>
  )
}
