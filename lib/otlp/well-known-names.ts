import type { WellKnownNames } from '@/lib/ways-in/lift-fields'

/**
 * Attributes that tell one of our fields, of the record first, then of its resource. They stay in `data` too.
 * Source: OpenTelemetry semantic conventions (1.x, with the names that preceded them) and ECS.
 */
export const OTLP_NAMES: WellKnownNames = {
  category: ['event.domain', 'event.category'],
  status: ['event.outcome'],
  source: ['service.name', 'host.name'],
  destination: ['server.address'],
  'actor.login': ['user.name', 'enduser.id', 'user.email'],
  'actor.identity': ['user.full_name'],
  'actor.id': ['user.id', 'enduser.pseudo.id'],
  'actor.sessionId': ['session.id'],
  'actor.ip': ['client.address', 'client.ip', 'source.address', 'http.client_ip', 'net.peer.ip'],
  'actor.userAgent': ['user_agent.original', 'http.user_agent'],
}
