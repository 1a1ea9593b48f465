/** Datadog's sites, as its log-in page ends. Source: Datadog API reference, "Send logs". */
export const SITES = [
  'datadoghq.com',
  'us3.datadoghq.com',
  'us5.datadoghq.com',
  'datadoghq.eu',
  'ap1.datadoghq.com',
  'ap2.datadoghq.com',
  'uk1.datadoghq.com',
  'ddog-gov.com',
  'us2.ddog-gov.com',
] as const

export const CUSTOM_SITE = 'custom'
export const SITE_CHOICES = [...SITES, CUSTOM_SITE] as const
export type SiteChoice = (typeof SITE_CHOICES)[number]

export const SITE_LABELS: Record<SiteChoice, string> = {
  'datadoghq.com': 'US1, datadoghq.com',
  'us3.datadoghq.com': 'US3, us3.datadoghq.com',
  'us5.datadoghq.com': 'US5, us5.datadoghq.com',
  'datadoghq.eu': 'EU1, datadoghq.eu',
  'ap1.datadoghq.com': 'AP1, ap1.datadoghq.com',
  'ap2.datadoghq.com': 'AP2, ap2.datadoghq.com',
  'uk1.datadoghq.com': 'UK1, uk1.datadoghq.com',
  'ddog-gov.com': 'US1-FED, ddog-gov.com',
  'us2.ddog-gov.com': 'US2-FED, us2.ddog-gov.com',
  custom: 'Another URL',
}

/** Where a site takes logs. */
export const intakeUrl = (site: string) => `https://http-intake.logs.${site}/api/v2/logs`
