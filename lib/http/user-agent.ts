import packageJson from '@/package.json' with { type: 'json' }

/** How Spoor names itself to receivers. */
export const USER_AGENT = `Spoor/${packageJson.version}`
