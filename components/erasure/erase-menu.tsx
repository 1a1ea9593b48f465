'use client'

import { Eraser } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { Button } from '@/components/ui/button'
import { Menu, MenuItem } from '@/components/ui/menu'
import { visibleText } from '@/components/ui/visible-text'

type Props = {
  valuesHref: string
  /** Who acted, and where everything about them is erased; left out where nobody is named. */
  actor?: { name: string; href: string }
}

const MAX_NAME = 40

/** The ways to erase something of an event. */
export function EraseMenu({ valuesHref, actor }: Props) {
  const router = useRouter()
  return (
    <Menu
      trigger={
        <Button>
          <Eraser aria-hidden />
          Erase
        </Button>
      }
    >
      <MenuItem onSelect={() => router.push(valuesHref)}>Erase values of this event …</MenuItem>
      {actor && (
        <MenuItem onSelect={() => router.push(actor.href)}>
          <span className="wrap-anywhere">
            Erase everything about {visibleText(actor.name).slice(0, MAX_NAME)} …
          </span>
        </MenuItem>
      )}
    </Menu>
  )
}
