import Link from 'next/link'
import type { ReactNode } from 'react'
import { Badge } from '@/components/ui/badge'
import { DetailsList } from '@/components/ui/details-list'
import { Time } from '@/components/ui/time'
import type { ReadingChoice } from '@/lib/collection/reading/reading'
import type { SiloView } from '@/lib/collection/silos/silo-view'
import { originInWords } from './origin-words'
import { DELIMITER_WORDS, ENCODING_WORDS, HEADER_WORDS, QUOTE_WORDS } from './reading-words'

type Props = {
  silo: SiloView
  /** Of the section. */
  path: string
  /** How names in its events are matched; left out where nobody uses the ledger. */
  policy?: { name: string; href?: string }
}

/** How the silo is set up. */
export function SiloConfiguration({ silo, path, policy }: Props) {
  const { line, origin, pattern, reading, collectsAtOnce, keepDays, lastFileAt, quietAt } = silo
  const rows: [string, ReactNode][] = [
    [
      'Line',
      line ? (
        <LineLink key="line" line={line} path={path} />
      ) : (
        <Badge key="none" tone="warning">
          no line
        </Badge>
      ),
    ],
    ['Matching policy', policy && <PolicyName key="policy" {...policy} />],
    ['Files from', <span key="from">{originInWords(origin)}</span>],
    ['At', origin.kind === 's3' && (origin.endpoint ?? origin.region)],
    [
      'File names',
      <span key="pattern" className="literal">
        {pattern}
      </span>,
    ],
    ['Reading', readingChoiceInWords(reading)],
    ['Collected', collectsAtOnce ? 'as soon as a file arrives' : 'by hand or by a plan'],
    ['Kept', `${keepDays} ${keepDays === 1 ? 'day' : 'days'} after it was collected`],
    ['Last file', lastFileAt && <Time value={lastFileAt.toISOString()} />],
    ['Next expected', quietAt && <Time value={quietAt.toISOString()} />],
  ]
  return <DetailsList rows={rows} />
}

function LineLink({ line, path }: { line: { id: string; name: string }; path: string }) {
  return (
    <Link href={`${path}/lines/${line.id}`} className="rounded-sm underline underline-offset-3">
      {line.name}
    </Link>
  )
}

function PolicyName({ name, href }: { name: string; href?: string }) {
  if (!href) return name
  return (
    <Link href={href} className="rounded-sm underline underline-offset-3">
      {name}
    </Link>
  )
}

function readingChoiceInWords({ encoding, delimiter, quote, header }: ReadingChoice): string {
  const chosen = [
    encoding && ENCODING_WORDS[encoding],
    delimiter && DELIMITER_WORDS[delimiter],
    quote !== undefined && QUOTE_WORDS[quote],
    header && `header: ${HEADER_WORDS[header]}`,
  ].filter(Boolean)
  return chosen.length === 0 ? 'all detected' : `${chosen.join(', ')}; the rest detected`
}
