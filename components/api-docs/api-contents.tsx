import type { Operation } from '@/lib/api/operation'

type Props = { groups: [tag: string, operations: Operation[]][]; schemas: string[] }

/** Where everything stands on the page. */
export function ApiContents({ groups, schemas }: Props) {
  return (
    <nav
      aria-label="Contents"
      className="space-y-4 text-sm max-lg:hidden lg:sticky lg:top-8 lg:max-h-[calc(100dvh-4rem)] lg:overflow-y-auto"
    >
      {groups.map(([tag, operations]) => (
        <Group key={tag} title={tag} links={operations.map(({ id, summary }) => [id, summary])} />
      ))}
      <Group
        title="Reference"
        links={[
          ['filter', 'The filter'],
          ['errors', 'Errors'],
          ...schemas.map((name): [string, string] => [`schema-${name}`, name]),
        ]}
      />
    </nav>
  )
}

function Group({ title, links }: { title: string; links: [id: string, label: string][] }) {
  return (
    <div>
      <p className="mb-1 font-medium text-xs">{title}</p>
      <ul>
        {links.map(([id, label]) => (
          <li key={id}>
            <a href={`#${id}`} className="block truncate rounded-sm py-0.5 text-quiet hover:text-ink">
              {label}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}
