import type { Base, FollowUp } from './kinds.ts'

/** Which actions a document offers, and of those that it refuses why, with the documents that it is because of. */

/** A document that a reason speaks of. */
export interface Behind {
  readonly kind: string
  readonly id: string
  readonly number: string | null
}

/** An action as a document offers it: kept visible when refused, with the reason and the way out. */
export interface OfferedAction {
  readonly name: string
  readonly allowed: boolean
  readonly reason: {
    readonly code: string
    readonly message: string
    /** The oldest first; none where no document stands behind it. */
    readonly links: Behind[]
  } | null
}

/** A neighbour in the chain, as a document answers it. */
interface Linked extends Behind {
  readonly state: string
  readonly relation: string
}

/** Why the state of a document allows an action and its lines or amounts do not. */
export interface Refusal {
  readonly message: string
  /** Of its neighbours those that it is because of; left out of a follow-up: those that were made by it already. */
  readonly behind?: (neighbour: Linked) => boolean
}

/** They are because of documents of these kinds. */
export function ofKinds(...kinds: readonly string[]): (neighbour: Linked) => boolean {
  return ({ kind }) => kinds.includes(kind)
}

/** They are because of what it was settled with, or settled itself. */
export function bySettlement({ relation }: Linked): boolean {
  return ['paid by', 'settled by', 'refunds'].includes(relation)
}

/** States in which a document counts for nothing, and is no reason. */
const countsNothing: ReadonlySet<string> = new Set(['draft', 'cancelled', 'reversed', 'released', 'expired'])

/**
 * What may be done with a document in this state.
 * @param refusals reasons that only the lines know ('nothing is left to deliver'), by action or follow-up name
 * @param neighbours of the document; a reason takes its links from them, so that it costs no question of its own
 */
export function offeredActions(
  description: Pick<Base, 'title' | 'actions' | 'followUps'>,
  state: string,
  refusals: Readonly<Record<string, Refusal | undefined>>,
  neighbours: readonly Linked[],
): OfferedAction[] {
  const offered = (name: string, from: readonly string[], made?: FollowUp['kind']): OfferedAction => {
    if (!from.includes(state)) {
      const message = `This ${description.title} is ${state}; this needs it to be ${from.join(' or ')}.`
      return { name, allowed: false, reason: { code: 'wrong-state', message, links: [] } }
    }
    const refusal = refusals[name]
    if (refusal === undefined) return { name, allowed: true, reason: null }
    const { message, behind = made && ofKinds(made) } = refusal
    const links = behind === undefined ? [] : linksOf(neighbours.filter(behind))
    return { name, allowed: false, reason: { code: 'nothing-left', message, links } }
  }
  return [
    offered('edit', ['draft']),
    offered('delete', ['draft']),
    ...Object.entries(description.actions).map(([name, action]) => offered(name, action.from)),
    ...description.followUps.map(({ path, from, kind }) => offered(path, from, kind)),
  ]
}

/** Each once, though it may be a neighbour in two ways. */
function linksOf(neighbours: readonly Linked[]): Behind[] {
  const counting = neighbours.filter(({ state }) => !countsNothing.has(state))
  return [...new Map(counting.map(({ kind, id, number }) => [id, { kind, id, number }])).values()]
}
