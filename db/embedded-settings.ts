import { totalmem } from 'node:os'

const MIB = 1024 * 1024

/**
 * Server settings for a machine that PostgreSQL shares with Spoor's own server. They go on the command line,
 * so a new version of Spoor brings its settings along.
 */
export function postgresSettings(
  port: number,
  durable: boolean,
  memoryBytes = totalmem(),
): Record<string, string> {
  const memoryMib = memoryBytes / MIB
  const settings: Record<string, string> = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '100',
    // An eighth of the memory instead of the usual quarter: Node and the page cache want the rest.
    shared_buffers: mib(memoryMib / 8, 64, 2048),
    effective_cache_size: mib(memoryMib / 2, 256, 65_536),
    work_mem: mib(memoryMib / 1024, 4, 16),
    maintenance_work_mem: mib(memoryMib / 32, 64, 512),
    wal_buffers: '16MB',
    // Few checkpoints while events stream in; recovery after a crash still replays this in seconds.
    max_wal_size: memoryMib < 4096 ? '1GB' : '4GB',
    checkpoint_timeout: '15min',
    random_page_cost: '1.1',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    // DETAIL lines repeat the values of rows: they don't belong into a log.
    log_error_verbosity: 'terse',
    log_parameter_max_length_on_error: '0',
  }
  if (durable) return settings
  return {
    ...settings,
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    shared_buffers: '128MB',
  }
}

function mib(wanted: number, least: number, most: number): string {
  return `${Math.round(Math.min(most, Math.max(least, wanted)))}MB`
}
