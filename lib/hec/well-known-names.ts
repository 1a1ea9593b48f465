import type { WellKnownNames } from '@/lib/ways-in/lift-fields'

/**
 * Names in a Splunk event that tell one of our fields: those of Splunk's Common Information Model first, then
 * those that common loggers write. What they tell stays in `data.event` too.
 */
export const HEC_NAMES: WellKnownNames = {
  message: ['message', 'msg', 'line', 'log'],
  level: ['severity', 'level', 'log_level', 'loglevel', 'levelname'],
  action: ['action', 'event_name', 'eventName', 'operation'],
  status: ['status', 'outcome', 'result'],
  code: ['code', 'signature_id', 'event_code', 'eventCode', 'event_id'],
  category: ['category', 'change_type'],
  source: ['src_host', 'hostname'],
  destination: ['dest', 'dest_host'],
  'actor.login': ['user', 'username', 'user_name', 'login', 'actor', 'src_user'],
  'actor.id': ['user_id', 'userId', 'uid'],
  'actor.sessionId': ['session_id', 'sessionId'],
  'actor.ip': ['src_ip', 'client_ip', 'clientIp', 'ip', 'src', 'remote_addr'],
  'actor.userAgent': ['http_user_agent', 'user_agent', 'userAgent'],
  'target.type': ['object_category', 'object_type'],
  'target.name': ['object', 'object_name'],
  'target.id': ['object_id'],
}
