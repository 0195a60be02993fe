import { eventBefore } from '../../approvals/index.ts'
import { type DocumentKind, kinds, permissionFor } from '../../kinds.ts'
import { ruleBroken } from '../../kernel/problem.ts'
import { expressionsIn, faultOf, reads } from '../../conditions/index.ts'
import { permissionsOf } from '../../permissions.ts'
import type { Action } from './schema.ts'

/** What can be made from a document, and done with one without being told more. */
const makeable = [
  ...new Set(Object.values(kinds).flatMap((kind) => kind.followUps.map((each) => each.path as string))),
]
  .filter((path) => path !== 'payments')
  .toSorted()
const doable = ['confirm', 'post', 'release', 'close', 'cancel']

/** Events that can be made to wait for an approval, each with the kind of its documents. */
const approvable = new Map(
  (Object.keys(kinds) as DocumentKind[]).map((kind) => [eventBefore(kind), kind] as const),
)

interface Trigger {
  readonly look: string | null
  readonly events: readonly string[]
  readonly condition: string
}

/** @throws 422 for an action that lacks something, or names what there is not. */
export function checkActions(actions: readonly Action[], trigger: Trigger): void {
  const { look } = trigger
  for (const [i, action] of actions.entries()) {
    const need = (field: keyof Action, message: string): never => {
      throw ruleBroken('action', `/actions/${i}/${field}`, message)
    }
    switch (action.do) {
      case 'follow-up':
        if (!makeable.includes(action.make ?? '')) need('make', `Say what to make: ${makeable.join(', ')}.`)
        break
      case 'act':
        if (!doable.includes(action.action ?? '')) need('action', `Say what to do: ${doable.join(', ')}.`)
        break
      case 'change':
        if (action.field === undefined) need('field', 'Say which field to change.')
        if (action.value === undefined) need('value', 'Say what the field shall be.')
        break
      case 'notify':
        if (action.to === undefined) need('to', 'Say whom to tell: "creator", "role" or "user".')
        if (action.to !== 'user' && action.role === undefined) need('role', 'Say which role to tell.')
        if (action.to === 'user' && action.userId === undefined) need('userId', 'Say which person to tell.')
        if ((action.text ?? '').trim() === '') need('text', 'Write what to tell.')
        break
      case 'webhook':
        if (action.webhookId === undefined) need('webhookId', 'Say which webhook to call.')
        if (look !== null)
          need('do', 'A webhook sends events; a rule that looks by the clock has none. Let it tell persons.')
        break
      case 'ask-for-approval':
        checkApproval(action, i, actions.length, trigger)
        break
      case 'order-proposals':
        if (look !== 'purchase-proposals')
          need('do', 'Proposals are ordered by a rule that looks for "purchase-proposals" by the clock.')
        break
      case 'mail':
        break
      default:
    }
    for (const field of ['text', 'value'] as const)
      for (const expression of expressionsIn(action[field] ?? '')) {
        const fault = faultOf(expression, 'any')
        if (fault !== null) need(field, `{${expression}} does not work: ${fault}`)
      }
  }
}

/** A rule that asks for approval stands before an event, so it can do nothing else, and speak of no event. */
function checkApproval(action: Action, at: number, count: number, { events, condition }: Trigger): void {
  const pointer = `/actions/${at}`
  const { role } = action
  if (role === undefined) throw ruleBroken('action', `${pointer}/role`, 'Say which role approves.')
  if (count > 1)
    throw ruleBroken(
      'action',
      `${pointer}/do`,
      'A rule that asks for approval does nothing else. Make another rule for the rest.',
    )
  for (const [i, event] of events.entries()) {
    const kind = approvable.get(event)
    if (kind === undefined)
      throw ruleBroken(
        'action',
        `/events/${i}`,
        `An approval is asked for before one of these: ${[...approvable.keys()].join(', ')}.`,
      )
    if (!permissionsOf[role].has(permissionFor(kind, 'read')))
      throw ruleBroken(
        'action',
        `${pointer}/role`,
        `The role ${role} may not see ${kinds[kind].plural}, so it cannot approve of them.`,
      )
  }
  if (events.length === 0)
    throw ruleBroken('action', `${pointer}/do`, 'An approval is asked for before an event, not by the clock.')
  for (const name of ['event', 'source'] as const)
    if (condition.trim() !== '' && reads(condition, name))
      throw ruleBroken(
        'condition',
        '/condition',
        `Before an approval there is no "${name}" yet: speak of document, party and today.`,
      )
}
