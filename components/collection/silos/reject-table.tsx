import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { Table, TableFrame, Td, Th, Tr } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import { visibleText } from '@/components/ui/visible-text'
import type { RejectView } from '@/lib/collection/rejects/reject-view'
import { REJECT_WORDS } from './reject-words'

type Props = {
  rejects: readonly RejectView[]
  /** Of the section, for links to runs. */
  path: string
}

/** Rows that did not become events: where each stands, and why. */
export function RejectTable({ rejects, path }: Props) {
  return (
    <TableFrame label="Rejects">
      <Table>
        <thead>
          <tr>
            <Th>File and line</Th>
            <Th className="max-sm:hidden">Column</Th>
            <Th className="max-md:hidden">Value</Th>
            <Th>Reason</Th>
          </tr>
        </thead>
        <tbody>
          {rejects.map((reject) => (
            <Tr key={`${reject.file.id} ${reject.line}`}>
              <Td className="min-w-36 max-w-64 sm:min-w-48">
                <span className="numeric whitespace-nowrap font-medium">
                  line {reject.line.toLocaleString('en')}
                </span>
                <p className="wrap-anywhere text-quiet text-xs">{visibleText(reject.file.name)}</p>
              </Td>
              <Td className="min-w-32 max-sm:hidden">
                <span className="literal wrap-anywhere">{visibleText(reject.column ?? '')}</span>
              </Td>
              <Td className="min-w-36 max-w-64 max-md:hidden">
                <span className="literal wrap-anywhere">{visibleText(reject.value ?? '')}</span>
              </Td>
              <Td className="w-full min-w-56">
                <p className="flex flex-wrap items-baseline gap-x-2">
                  <Badge tone={reject.state === 'open' ? 'danger' : 'neutral'}>
                    {REJECT_WORDS[reject.code]}
                  </Badge>
                  {reject.state !== 'open' && <Settled reject={reject} />}
                </p>
                <p className="wrap-anywhere mt-0.5">{visibleText(reject.reason)}</p>
                <RawRow reject={reject} path={path} />
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  )
}

function Settled({ reject: { state, settledAt } }: { reject: RejectView }) {
  return (
    <span className="text-quiet text-xs">
      {state} {settledAt && <Time value={settledAt.toISOString()} />}
    </span>
  )
}

function RawRow({ reject: { raw, runId }, path }: { reject: RejectView; path: string }) {
  return (
    <details className="group mt-0.5 text-xs">
      <summary className="w-fit rounded-sm text-quiet hover:text-ink">
        <span aria-hidden className="mr-1 inline-block transition-transform group-open:rotate-90">
          ›
        </span>
        The row in the file
      </summary>
      {raw === null ? (
        <p className="mt-1 text-quiet">
          It was too long to be kept, and can’t be collected again from here: mend the file and send it anew.
        </p>
      ) : (
        <pre className="mt-1 max-h-40 overflow-auto whitespace-pre-wrap break-all rounded-md bg-sunken p-2 font-mono">
          {visibleText(raw)}
        </pre>
      )}
      <Link
        href={`${path}/runs/${runId}`}
        className="mt-1 inline-block rounded-sm text-quiet underline underline-offset-3 hover:text-ink"
      >
        The run that said so
      </Link>
    </details>
  )
}
