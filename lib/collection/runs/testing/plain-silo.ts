import type { TenantScope } from '@/lib/access/scope'
import { createLine } from '@/lib/collection/lines/create'
import type { Step } from '@/lib/collection/lines/definition'
import { createSilo } from '@/lib/collection/silos/create'
import { createSiloSchema } from '@/lib/collection/silos/input'

export const PLAIN_COLUMNS = ['ref', 'date', 'login', 'count', 'targettype', 'target']

type PlainSilo = { steps?: Step[]; target?: Record<string, string>; silo?: object }

/** A silo whose line maps a column to a field each; gives the line's id. */
export async function makePlainSilo(
  scope: TenantScope,
  name: string,
  { steps = [], target = {}, silo = {} }: PlainSilo = {},
): Promise<string> {
  const { id: lineId } = await createLine(scope, {
    name: `${name} line`,
    note: '',
    definition: {
      source: { attributes: PLAIN_COLUMNS },
      steps,
      target: {
        ...{ datasource: name, externalref: '{ref}', family: 'admin', date: '{date}', whologin: '{login}' },
        ...{ whorepository: 'local', whateventcode: 'X', whateventcodelabel: 'Something happened' },
        ...{ whataction: 'did', whatcount: '{count}', whattargettype: '{targettype}' },
        ...{ whattargetname: '{target}', ...target },
      },
    },
  })
  await createSilo(scope, createSiloSchema.parse({ name, lineId, ...silo }))
  return lineId
}

/** A row of such a silo that is right. */
export const plainRow = (ref: string | number) => `${ref};20200102030405;anna;1;account;bert`
