import type { Level } from '@/lib/event/levels'

/**
 * Our levels in others' numbers: `syslog` by RFC 5424 (lower is worse), `ocsf` severity_id (1 informational to 5
 * critical), `cef` and `leef` from 0 to 10.
 */
export const SEVERITIES: Record<Level, { syslog: number; ocsf: number; ocsfName: string; cef: number }> = {
  trace: { syslog: 7, ocsf: 1, ocsfName: 'Informational', cef: 0 },
  debug: { syslog: 7, ocsf: 1, ocsfName: 'Informational', cef: 1 },
  info: { syslog: 6, ocsf: 1, ocsfName: 'Informational', cef: 3 },
  notice: { syslog: 5, ocsf: 2, ocsfName: 'Low', cef: 4 },
  warning: { syslog: 4, ocsf: 3, ocsfName: 'Medium', cef: 6 },
  error: { syslog: 3, ocsf: 4, ocsfName: 'High', cef: 8 },
  critical: { syslog: 2, ocsf: 5, ocsfName: 'Critical', cef: 9 },
}
