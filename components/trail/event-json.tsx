'use client'

import { useMemo } from 'react'
import { CodeBlock } from '@/components/ui/code-block'
import { visibleJson } from '@/components/ui/visible-text'
import { useShownEvent } from './shown-event'

/** The event as the API gives it. It comes as one line and is laid out here: large ones would come three times. */
export function EventJson() {
  const { json } = useShownEvent()
  const laidOut = useMemo(() => visibleJson(JSON.stringify(JSON.parse(json), null, 2)), [json])
  return <CodeBlock label="The whole event as JSON, as the API gives it" code={laidOut} />
}
