'use client'

import { Plus } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Menu, MenuItem } from '@/components/ui/menu'
import { STEP_KINDS, STEP_TEXTS, type StepKind } from './step-texts'

export function AddStepMenu({ onAdd }: { onAdd: (kind: StepKind) => void }) {
  return (
    <Menu
      align="start"
      trigger={
        <Button>
          <Plus aria-hidden />
          Add step
        </Button>
      }
    >
      {STEP_KINDS.map((kind) => (
        <MenuItem key={kind} onSelect={() => onAdd(kind)}>
          <span>
            <span className="block font-medium">{STEP_TEXTS[kind].label}</span>
            <span className="block text-quiet text-xs">{STEP_TEXTS[kind].summary}</span>
          </span>
        </MenuItem>
      ))}
    </Menu>
  )
}
