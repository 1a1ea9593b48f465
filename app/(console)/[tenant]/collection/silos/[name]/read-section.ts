import { readFrom } from '@/app/(console)/[tenant]/collection/found'
import { type SiloAddress, siloHref } from '@/components/collection/silos/silo-address'
import type { SiloListData } from '@/components/collection/silos/silo-list'
import type { TenantScope } from '@/lib/access/scope'
import { getFile } from '@/lib/collection/files/get'
import { listFiles } from '@/lib/collection/files/list'
import { countRejects } from '@/lib/collection/rejects/count'
import { listRejects } from '@/lib/collection/rejects/list'
import { listRuns } from '@/lib/collection/runs/list'

/** As many as a person looks through before they go on. */
const PAGE_SIZE = 50

/** The list of a silo that its page shows. */
export function readSection(scope: TenantScope, silo: string, address: SiloAddress): Promise<SiloListData> {
  const { section, after, code, file, state } = address
  const page = { silo, after, limit: PAGE_SIZE }
  return readFrom(after, siloHref({ ...address, after: undefined }), async () => {
    if (section === 'files') return { section, ...(await listFiles(scope, page)) }
    if (section === 'runs') return { section, ...(await listRuns(scope, page)) }
    const [rejects, { codes }, chosen] = await Promise.all([
      listRejects(scope, { ...page, code, file, state }),
      countRejects(scope, { silo, file, state }),
      file === undefined ? undefined : getFile(scope, { silo, id: file }),
    ])
    return { section, ...rejects, codes, file: chosen }
  })
}
