'use client'

import { Button } from '@/components/ui/button'
import { Switch } from '@/components/ui/switch'
import { askForDesktop, type PopUps, readPopUps, switchPopUps, usePopUps } from './pop-up-settings'

const WORDS: Record<PopUps, string> = {
  off: 'Nothing pops up here. What rings waits in the bell.',
  desktop: 'On your desktop, as long as a page of Spoor is open.',
  unasked: 'Within pages of Spoor only, until you allow more.',
  denied:
    'Within pages of Spoor only: this browser blocks its notifications. Allow them in the settings of the site, to the left of the address, then reload the page.',
  insecure: 'Within pages of Spoor only: browsers show notifications of https addresses alone.',
  unsupported: 'Within pages of Spoor only: this browser has no desktop notifications.',
}

/** Whether and where notifications pop up in this browser. Asks for permission on a click, and never by itself. */
export function PopUpSwitch() {
  const popUps = usePopUps()
  return (
    <div className="grid gap-1.5">
      <span className="flex items-center justify-between gap-3">
        <span className="text-sm">Show pop-ups in this browser</span>
        <Switch
          label="Show pop-ups in this browser"
          checked={popUps !== 'off'}
          onCheckedChange={(isOn) => {
            switchPopUps(isOn)
            // Switched on by hand, it is the moment to ask.
            if (isOn && readPopUps() === 'unasked') void askForDesktop()
          }}
        />
      </span>
      <p className="text-quiet text-xs" role="status">
        {WORDS[popUps]}
      </p>
      {popUps === 'unasked' && (
        <Button size="sm" className="justify-self-start" onClick={() => void askForDesktop()}>
          Allow desktop notifications
        </Button>
      )}
    </div>
  )
}
