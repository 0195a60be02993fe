import type { Company, Context } from '../../kernel/context.ts'
import { now } from '../../kernel/clock.ts'
import { dateIn } from '../../kernel/dates.ts'
import { permissionsOf } from '../../permissions.ts'
import type { Rule } from './rule-row.ts'

/**
 * A rule as the one who acts, with the permissions of its role and no others. The audit trail shows its name,
 * and by the id of the run what led to it.
 */
export function asRule(company: Company, rule: Pick<Rule, 'id' | 'name' | 'role'>, runId: string): Context {
  const moment = now()
  return {
    company,
    actor: { type: 'system', id: `rule:${rule.id}`, name: `rule: ${rule.name}` },
    role: rule.role,
    permissions: permissionsOf[rule.role],
    partyId: null,
    now: moment,
    today: dateIn(company.timeZone, moment),
    requestId: runId,
  }
}
