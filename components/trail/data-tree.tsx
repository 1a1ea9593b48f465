import Link from 'next/link'
import { visibleText } from '@/components/ui/visible-text'
import { type DataNode, toDataNodes } from './data-nodes'
import { including, trailHref } from './trail-url'

/** Larger branches, and deeper ones, are closed at first. */
const OPEN_SIZE = 20
const OPEN_DEPTH = 2
/** Longer texts are shown by their beginning until they are opened. */
const MAX_TEXT = 240

type Props = { data: Record<string, unknown>; path: string }

/** What the sender added of its own, as a tree; a value leads to all events that have it at the same place. */
export function DataTree({ data, path }: Props) {
  return <Nodes nodes={toDataNodes(data)} size={Object.keys(data).length} path={path} depth={0} />
}

function Nodes({
  nodes,
  size,
  path,
  depth,
}: {
  nodes: DataNode[]
  size: number
  path: string
  depth: number
}) {
  const hidden = size - nodes.length
  return (
    <ul className={`font-mono text-xs leading-5 ${depth > 0 ? 'ml-1.5 border-line border-l' : ''} pl-3`}>
      {nodes.map((node) => (
        <li key={node.key} className="wrap-anywhere">
          {node.kind === 'branch' ? (
            <Branch node={node} path={path} depth={depth} />
          ) : (
            <>
              <Name name={node.name} />
              <Value node={node} path={path} />
            </>
          )}
        </li>
      ))}
      {hidden > 0 && (
        <li className="font-sans text-quiet">{hidden.toLocaleString('en')} more in the JSON below</li>
      )}
    </ul>
  )
}

function Name({ name }: { name: string | null }) {
  if (name === null) return <span className="text-faint">· </span>
  return (
    <>
      <bdi className="text-quiet">{name === '' ? '""' : visibleText(name)}</bdi>
      <span className="text-faint">: </span>
    </>
  )
}

type BranchProps = { node: Extract<DataNode, { kind: 'branch' }>; path: string; depth: number }

function Branch({ node, path, depth }: BranchProps) {
  const { name, isList, size, children } = node
  if (size === 0)
    return (
      <>
        <Name name={name} />
        {isList ? '[]' : '{}'}
      </>
    )
  const unit = isList ? (size === 1 ? 'item' : 'items') : size === 1 ? 'member' : 'members'
  return (
    <details open={depth < OPEN_DEPTH && size <= OPEN_SIZE} className="group/branch">
      <summary className="rounded-sm hover:bg-hover">
        <span aria-hidden className="-ml-3 inline-block w-3 text-faint">
          <span className="group-open/branch:hidden">▸</span>
          <span className="hidden group-open/branch:inline">▾</span>
        </span>
        <Name name={name} />
        <span className="font-sans text-faint">{`${size.toLocaleString('en')} ${unit}`}</span>
      </summary>
      <Nodes nodes={children} size={size} path={path} depth={depth + 1} />
    </details>
  )
}

function Value({ node, path }: { node: Extract<DataNode, { kind: 'value' }>; path: string }) {
  const { text, filter } = node
  if (text.length > MAX_TEXT)
    return (
      <details className="inline">
        <summary className="inline rounded-sm hover:bg-hover">
          <bdi>{visibleText(text.slice(0, MAX_TEXT))}</bdi>
          <span className="font-sans text-quiet">{` … ${text.length.toLocaleString('en')} characters`}</span>
        </summary>
        <bdi className="block rounded-md bg-sunken p-2">{visibleText(text)}</bdi>
      </details>
    )
  if (!filter) return <bdi>{visibleText(text)}</bdi>
  const [name, value] = filter
  return (
    <Link
      href={trailHref(path, new URLSearchParams([[name, including(value)]]))}
      prefetch={false}
      title={`Show only events with this ${name}`}
      className="rounded-sm underline decoration-line underline-offset-3 hover:decoration-current"
    >
      <bdi>{visibleText(text)}</bdi>
    </Link>
  )
}
