import { kinds } from '../../kinds.ts'
import { ruleBroken } from '../../kernel/problem.ts'
import { expressionsIn, faultOf } from './conditions.ts'
import type { Action } from './schema.ts'

/** What can be made from a document, and done with one without being told more. */
const makeable = [
  ...new Set(Object.values(kinds).flatMap((kind) => kind.followUps.map((each) => each.path as string))),
]
  .filter((path) => path !== 'payments')
  .toSorted()
const doable = ['confirm', 'post', 'release', 'close', 'cancel']

/** @throws 422 for an action that lacks something, or names what there is not. */
export function checkActions(actions: readonly Action[], { look }: { look: string | null }): void {
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
