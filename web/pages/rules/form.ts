import type { OneOf } from '../../api/index.ts'
import type { RuleAction } from './words.ts'

type Rule = OneOf<'rules'>

export const ruleRoles = ['owner', 'sales', 'purchasing', 'warehouse', 'accounting', 'viewer'] as const

/** All fields of all actions; what the chosen one does not need is not sent. */
export interface ActionValues {
  readonly do: RuleAction['do']
  readonly make: string
  readonly post: boolean
  readonly action: string
  readonly field: string
  readonly value: string
  readonly to: NonNullable<RuleAction['to']>
  readonly role: Rule['role']
  readonly userId: string
  readonly text: string
  readonly webhookId: string
}

interface RowValues {
  readonly field: string
  readonly operator: NonNullable<Rule['conditionRows']>['rows'][number]['operator']
  readonly value: string
}

export interface RuleValues {
  readonly name: string
  readonly trigger: 'event' | 'look'
  readonly events: readonly string[]
  readonly look: NonNullable<Rule['look']>
  readonly lookEvery: 'hour' | 'day'
  readonly expert: boolean
  readonly condition: string
  readonly match: 'all' | 'any'
  readonly rows: readonly RowValues[]
  readonly actions: readonly ActionValues[]
  readonly role: Rule['role']
}

export const emptyRow: RowValues = { field: 'document.totals.gross', operator: 'at-least', value: '' }
export const emptyAction: ActionValues = {
  do: 'notify',
  make: 'delivery-notes',
  post: false,
  action: 'confirm',
  field: '',
  value: '',
  to: 'role',
  role: 'owner',
  userId: '',
  text: '',
  webhookId: '',
}

export function valuesOf(rule: Rule | null): RuleValues {
  return {
    name: rule?.name ?? '',
    trigger: rule?.look == null ? 'event' : 'look',
    events: rule?.events ?? [],
    look: rule?.look ?? 'overdue-invoices',
    lookEvery: rule?.lookEvery ?? 'day',
    expert: rule !== null && rule.conditionRows === null && rule.condition !== '',
    condition: rule?.condition ?? '',
    match: rule?.conditionRows?.match ?? 'all',
    rows: rule?.conditionRows?.rows ?? [],
    actions: rule?.actions.map((action) => ({ ...emptyAction, ...action, value: action.value ?? '' })) ?? [
      emptyAction,
    ],
    role: rule?.role ?? 'owner',
  }
}

export function bodyOf(values: RuleValues): object {
  const { name, trigger, events, look, lookEvery, expert, condition, match, rows, actions, role } = values
  const byEvent = trigger === 'event'
  return {
    name,
    events: byEvent ? events : [],
    look: byEvent ? null : look,
    lookEvery: byEvent ? null : lookEvery,
    condition: expert ? condition : '',
    conditionRows: expert || rows.length === 0 ? null : { match, rows },
    actions: actions.map(actionBody),
    role,
  }
}

function actionBody(action: ActionValues): object {
  switch (action.do) {
    case 'follow-up':
      return { do: action.do, make: action.make, post: action.post }
    case 'act':
      return { do: action.do, action: action.action }
    case 'change':
      return {
        do: action.do,
        ...(action.field !== '' && { field: action.field }),
        value: action.value === '' ? null : action.value,
      }
    case 'mail':
    case 'order-proposals':
      return { do: action.do }
    case 'ask-for-approval':
      return { do: action.do, role: action.role }
    case 'webhook':
      return { do: action.do, ...(action.webhookId !== '' && { webhookId: action.webhookId }) }
    case 'notify': {
      const { to, role, userId, text } = action
      const whom = to === 'user' ? (userId === '' ? {} : { userId }) : { role }
      return { do: action.do, to, ...whom, text }
    }
  }
}
