import { servicesRoute } from '@/lib/hec/collector-route'

// By token with events:write, as Splunk's clients present it. The custom server answers these paths before Next does.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = servicesRoute
