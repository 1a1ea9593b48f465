'use client'

import { ListTree, Radio } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { keepPreference } from '@/components/layout/use-preferences'
import { Button } from '@/components/ui/button'
import { buttonStyle } from '@/components/ui/button-style'
import { CopyButton } from '@/components/ui/copy-button'
import { Drawer } from '@/components/ui/drawer'
import { joinClasses } from '@/components/ui/join-classes'
import { DisplayMenu } from './display-menu'
import { Facets } from './facets'
import { OverviewPanel } from './overview-panel'
import { DISPLAY_COOKIE, displayCookie, displayParams, type TrailDisplay } from './trail-display'
import { TrailKeys } from './trail-keys'
import { TrailLink, useTrail } from './trail-navigation'
import { withOnly } from './trail-url'
import { isLive } from './trail-view'

type Props = { display: TrailDisplay; children: ReactNode }

/** The overview above, the facets beside, the page of events; on a narrow window the facets are a drawer. */
export function TrailBody({ display, children }: Props) {
  const [hasFacets, setHasFacets] = useState(display.facets)
  const toggleFacets = () => {
    keepPreference(DISPLAY_COOKIE, displayCookie({ ...display, facets: !hasFacets }))
    setHasFacets(!hasFacets)
  }
  const label = (
    <>
      <ListTree aria-hidden />
      Facets
    </>
  )
  return (
    <>
      <OverviewPanel />
      <div className="my-3 flex flex-wrap items-center gap-2">
        <Button
          aria-pressed={hasFacets}
          onClick={toggleFacets}
          className={joinClasses(PRESSED, 'max-xl:hidden')}
        >
          {label}
        </Button>
        <Drawer title="Facets" trigger={<Button className="xl:hidden">{label}</Button>}>
          <Facets />
        </Drawer>
        <LiveSwitch />
        <div className="ml-auto flex flex-wrap items-center gap-2">
          <CopyButton size="md" label="Copy link" text={() => linkTo(display)} />
          <DisplayMenu display={{ ...display, facets: hasFacets }} />
          <TrailKeys />
        </div>
      </div>
      <div className={joinClasses(hasFacets && 'xl:grid xl:grid-cols-[13rem_minmax(0,1fr)] xl:gap-5')}>
        {hasFacets && (
          <aside aria-label="Facets" className="max-xl:hidden">
            <Facets />
          </aside>
        )}
        <div className="min-w-0">{children}</div>
      </div>
    </>
  )
}

const PRESSED =
  'aria-pressed:border-accent aria-[current=true]:border-accent aria-[current=true]:text-accent aria-pressed:text-accent'

function LiveSwitch() {
  const { params } = useTrail()
  const on = isLive(params)
  return (
    <TrailLink
      to={withOnly(withOnly(params, 'order', undefined), 'live', on ? undefined : '1')}
      aria-current={on ? 'true' : undefined}
      title={on ? 'Stop following' : 'Show new events as they come'}
      className={buttonStyle('secondary', 'md', PRESSED)}
    >
      <Radio aria-hidden />
      Live
    </TrailLink>
  )
}

/** This very view, for somebody whose own columns are others. */
function linkTo(display: TrailDisplay): string {
  const url = new URL(window.location.href)
  for (const [name, value] of displayParams(display)) url.searchParams.set(name, value)
  return url.toString()
}
