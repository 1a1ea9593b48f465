import { PlaceTabs } from '@/components/layout/place-tabs'

const PLACES = [
  { name: 'entities', label: 'Entities', path: '' },
  { name: 'unmatched', label: 'Unmatched', path: '/unmatched' },
  { name: 'imports', label: 'Imports', path: '/imports' },
  { name: 'rules', label: 'Rules', path: '/rules' },
  { name: 'policies', label: 'Policies', path: '/policies' },
  { name: 'sources', label: 'Sources', path: '/sources' },
  { name: 'test', label: 'Test', path: '/test' },
] as const

type Props = { slug: string; here: (typeof PLACES)[number]['name'] }

export function LedgerTabs({ slug, here }: Props) {
  return <PlaceTabs label="Ledger" section={`/${slug}/ledger`} places={PLACES} here={here} />
}
