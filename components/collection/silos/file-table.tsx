import Link from 'next/link'
import { RunFigures } from '@/components/collection/runs/run-figures'
import { formatBytes } from '@/components/forwarding/format-bytes'
import { Table, TableFrame, Td, Th, Tr } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import { visibleText } from '@/components/ui/visible-text'
import type { FileView } from '@/lib/collection/files/file-view'
import { type FileActions, FileMenu } from './file-menu'
import { FileState, openRejectsInWords } from './file-state'
import { readingInWords } from './reading-words'

type Props = {
  /** Of the silo's page. */
  path: string
  files: readonly FileView[]
  /** Left out for who may not. */
  actions: FileActions | undefined
}

/** The silo's files, with what became of the rows of each. */
export function FileTable({ path, files, actions }: Props) {
  return (
    <TableFrame label="Files">
      <Table>
        <thead>
          <tr>
            <Th>File</Th>
            <Th className="max-sm:hidden">State</Th>
            <Th>Rows</Th>
            <Th className="max-lg:hidden">SHA-256</Th>
            <Th className="max-md:hidden">Received</Th>
            <Th>
              <span className="sr-only">Acts</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {files.map((file) => (
            <Tr key={file.id}>
              <Td className="min-w-40">
                <FileName file={file} />
                <div className="mt-1 sm:hidden">
                  <FileState file={file} />
                </div>
              </Td>
              <Td className="max-sm:hidden">
                <FileState file={file} />
              </Td>
              <Td className="min-w-24 sm:min-w-36">
                {file.rows > 0 || file.state === 'collected' ? <RunFigures counts={file} /> : null}
                <OpenRejects file={file} path={path} />
              </Td>
              <Td className="max-lg:hidden">
                {file.sha256 && (
                  <span className="literal" title={file.sha256}>
                    {file.sha256.slice(0, 12)}
                  </span>
                )}
              </Td>
              <Td className="max-md:hidden">
                <Time value={file.receivedAt.toISOString()} />
                <p className="wrap-anywhere text-quiet text-xs">{visibleText(file.receivedBy)}</p>
              </Td>
              <Td className="w-px text-right">
                <FileMenu
                  file={{
                    id: file.id,
                    silo: file.silo,
                    name: file.name,
                    sha256: file.sha256,
                    state: file.state,
                    isKept: file.forgottenAt === null,
                    openRejects: file.openRejects,
                  }}
                  path={path}
                  actions={actions}
                />
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  )
}

function FileName({ file: { name, bytes, reading, header, error } }: { file: FileView }) {
  return (
    <>
      <span className="wrap-anywhere font-medium">{visibleText(name)}</span>
      <p className="text-quiet text-xs" title={header?.join(', ')}>
        <span className="numeric">{formatBytes(bytes)}</span>
        {reading && `, ${readingInWords(reading, header)}`}
      </p>
      {error && <p className="wrap-anywhere mt-0.5 text-danger text-xs">{visibleText(error)}</p>}
    </>
  )
}

function OpenRejects({ file: { id, openRejects }, path }: { file: FileView; path: string }) {
  const words = openRejectsInWords(openRejects)
  if (!words) return null
  return (
    <Link
      href={`${path}?list=rejects&file=${id}`}
      scroll={false}
      className="block rounded-sm text-danger text-xs underline-offset-3 hover:underline"
    >
      {words}
    </Link>
  )
}
