import { ANCHOR_TENANT_ID, INSTANCE_TENANT_ID } from '@/lib/access/instance-tenant'
import { scopeForSystem } from '@/lib/access/scope-for-system'
import { parseInput } from '@/lib/errors/parse-input'
import { anchorSettingsSchema } from '@/lib/integrity/anchor/input'
import { getAnchorSettings, setAnchorSettings } from '@/lib/integrity/anchor/settings'

type Values = Record<string, string | boolean | (string | boolean)[] | undefined>

const text = { type: 'string' } as const

/** Without a workspace it is the anchor log, about which the instance's own trail tells. */
async function scopesOf({ tenant }: Values) {
  const teller = typeof tenant === 'string' ? tenant : INSTANCE_TENANT_ID
  return {
    scope: await scopeForSystem(typeof tenant === 'string' ? tenant : ANCHOR_TENANT_ID, 'CLI'),
    teller: await scopeForSystem(teller, 'CLI'),
  }
}

/** Commands of `npm run admin` for what is remembered of a log elsewhere. */
export const ANCHOR_COMMANDS = {
  'anchors show': {
    options: { tenant: text },
    run: async (values: Values) => getAnchorSettings((await scopesOf(values)).scope),
  },
  'anchors set': {
    options: {
      tenant: text,
      'witness-url': text,
      'witness-vkey': text,
      'witness-every': text,
      'timestamp-url': text,
      'timestamp-every': text,
    },
    run: async (values: Values) => {
      const { scope, teller } = await scopesOf(values)
      const { witness: _w, timestamp: _t, ...before } = await getAnchorSettings(scope)
      const given = {
        witnessUrl: values['witness-url'],
        witnessVkey: values['witness-vkey'],
        witnessEveryMinutes: values['witness-every'],
        timestampUrl: values['timestamp-url'],
        timestampEveryMinutes: values['timestamp-every'],
      }
      const changed = Object.entries(given).filter(([, value]) => value !== undefined)
      const input = parseInput(anchorSettingsSchema, { ...before, ...Object.fromEntries(changed) })
      await setAnchorSettings(scope, input, teller)
      return getAnchorSettings(scope)
    },
  },
}
