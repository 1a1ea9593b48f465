import type { ReactNode } from 'react'
import { CodeBlock } from '@/components/ui/code-block'
import { DetailsList } from '@/components/ui/details-list'
import { Panel } from '@/components/ui/panel'
import { Table, TableFrame, Td, Th, Tr } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import type { DigestView, ObjectView } from '@/lib/forwarding/read-objects'
import { formatBytes } from './format-bytes'

type Props = {
  objects: readonly ObjectView[]
  digest: DigestView | null
  /** Checks the digests' signatures. */
  publicKey: string | undefined
}

/** What lies in the storage, and how to prove that it is all there. */
export function StoragePanel({ objects, digest, publicKey }: Props) {
  return (
    <Panel
      title="Objects"
      description="Once an hour a signed digest lists what was stored, so that a copy of the bucket proves itself."
    >
      {objects.length > 0 ? (
        <ObjectsTable objects={objects} />
      ) : (
        <p className="text-quiet text-sm">None yet.</p>
      )}
      <div className="mt-3">
        <DetailsList
          rows={[
            ['Latest digest', digest ? digestWords(digest) : 'none yet'],
            ['Its object', digest && <span className="literal wrap-anywhere">{digest.objectKey}</span>],
          ]}
        />
      </div>
      {publicKey && (
        <div className="mt-3">
          <CodeBlock
            label="Check a downloaded copy"
            code={`npm run verify -- objects <folder> --key '${publicKey}'`}
            wrap
          />
        </div>
      )}
    </Panel>
  )
}

function digestWords({ number, objects, state, storedAt, failMessage }: DigestView): ReactNode {
  const what = `Number ${number.toLocaleString('en')}, of ${objects.toLocaleString('en')} ${objects === 1 ? 'object' : 'objects'}`
  if (state === 'done')
    return (
      <>
        {what}, stored {storedAt && <Time value={storedAt.toISOString()} />}
      </>
    )
  return (
    <>
      {what}, not stored yet.
      {failMessage && <span className="wrap-anywhere block text-danger text-xs">{failMessage}</span>}
    </>
  )
}

function ObjectsTable({ objects }: { objects: readonly ObjectView[] }) {
  return (
    <TableFrame label="Latest objects" className="max-h-72 overflow-y-auto">
      <Table>
        <thead>
          <tr>
            <Th>Object</Th>
            <Th className="text-right">Events</Th>
            <Th className="text-right">Size</Th>
            <Th>Stored</Th>
          </tr>
        </thead>
        <tbody>
          {objects.map(({ objectKey, events, bytes, sha256, storedAt }) => (
            <Tr key={objectKey}>
              <Td className="literal wrap-anywhere w-full min-w-52" title={`sha256 ${sha256}`}>
                {objectKey}
              </Td>
              <Td className="numeric text-right">{events.toLocaleString('en')}</Td>
              <Td className="numeric whitespace-nowrap text-right">{formatBytes(bytes)}</Td>
              <Td>{storedAt && <Time value={storedAt.toISOString()} />}</Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  )
}
