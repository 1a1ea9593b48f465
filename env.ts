// The only reader of the environment. Read lazily: `npm start` provides generated values before first use.

function text(name: string): string | undefined {
  const value = process.env[name]?.trim()
  return value ? value : undefined
}

function required(name: string): string {
  const value = text(name)
  if (!value)
    throw new Error(`${name} is not set. "npm start" generates it; otherwise set it in the environment.`)
  return value
}

function list(name: string): string[] {
  return (text(name) ?? '').split(/[\s,]+/).filter(Boolean)
}

function port(name: string, fallback: number): number {
  const value = Number(text(name) ?? fallback)
  if (!Number.isInteger(value) || value < 0 || value > 65_535)
    throw new Error(`${name} must be a port (0–65535).`)
  return value
}

function count(name: string): number | undefined {
  const value = text(name)
  if (value === undefined) return undefined
  if (!/^\d{1,9}$/.test(value)) throw new Error(`${name} must be a whole number.`)
  return Number(value)
}

export const env = {
  /** Where the embedded database, secrets and build stamp live. */
  dataDir: () => text('SPOOR_DATA_DIR') ?? '.data',
  port: () => port('PORT', 3000),
  /** Interface to listen on; undefined = all. */
  host: () => text('HOST'),
  isProduction: () => process.env.NODE_ENV === 'production',

  /** Login that owns the schema and may become Spoor's narrow roles. */
  databaseUrl: () => required('DATABASE_URL'),
  externalDatabaseUrl: () => text('DATABASE_URL'),

  /** How people and API clients reach this instance, without a trailing slash. */
  publicUrl: () => (text('SPOOR_PUBLIC_URL') ?? `http://localhost:${env.port()}`).replace(/\/+$/, ''),
  /** Addresses or CIDRs of reverse proxies whose x-forwarded-for is believed. */
  trustedProxies: () => list('SPOOR_TRUSTED_PROXIES'),
  /** CIDRs that outgoing connections may reach although they aren't public. */
  allowedNetworks: () => list('SPOOR_ALLOW_NETWORKS'),

  /** Signs session cookies. */
  authSecret: () => required('AUTH_SECRET'),
  /** 32 bytes, base64: encrypts destination secrets at rest. */
  encryptionKey: () => required('SPOOR_ENCRYPTION_KEY'),
  /** File with the log master secret (32 bytes, base64): only a process that seals is given it. */
  logSecretFile: () => text('SPOOR_LOG_SECRET_FILE'),
  /** Folder of the sealer's own, outside the database, with what it published last. */
  publishedDir: () => text('SPOOR_PUBLISHED_DIR'),
  /** Bearer of the cron route handlers; without it they are closed. */
  cronSecret: () => text('CRON_SECRET'),
  /** `off` where cron or `npm run worker` does the background work instead of this server. */
  schedulerEnabled: () => text('SPOOR_SCHEDULER') !== 'off',
  /** Server that takes our own letters: smtp://user:password@host:587 or smtps://…; wins over Resend. */
  smtpUrl: () => text('SPOOR_SMTP_URL'),
  resendApiKey: () => text('RESEND_API_KEY'),
  /** Sender of our own letters, such as Spoor <spoor@acme.example>. */
  mailFrom: () => text('SPOOR_MAIL_FROM'),
  /** Letters, one for each recipient, that one workspace may send in a day by that server. */
  mailPerDay: () => count('SPOOR_MAIL_PER_DAY'),

  /**
   * Folders of this server that silos may collect from, parted by commas: `/var/log/acme` holds a folder for each
   * workspace, named by its slug; `acme=/srv/logs` is a workspace's own.
   */
  collectFolders: () =>
    (text('SPOOR_COLLECT_FOLDERS') ?? '')
      .split(/[,\n]+/)
      .map((entry) => entry.trim())
      .filter(Boolean),

  chromiumPath: () => text('CHROMIUM_PATH'),
}

/** Sets variables that the caller found or generated; what the operator set wins. */
export function provideEnv(values: Record<string, string>): void {
  for (const [name, value] of Object.entries(values)) process.env[name] ||= value
}

/** The environment for a child process; `undefined` removes a variable. */
export function childEnvironment(values: Record<string, string | undefined>): NodeJS.ProcessEnv {
  return { ...process.env, ...values } as NodeJS.ProcessEnv
}
