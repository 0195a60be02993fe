import type { Answered } from '../support/api.ts'
import type { Dice } from './dice.ts'
import type { Model } from './model.ts'
import type { Order, Shipment, State } from './state.ts'
import type { World } from './world.ts'

/** One request of a history, with what the model knows about it. */
export interface Call {
  readonly method: 'POST' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly body?: object
  /** What must come of it, where the model is sure; else it may succeed or be refused. */
  readonly must?: 'accept' | 'refuse' | undefined
  /** Carries the model forward after a success. */
  readonly apply: (done: Done) => void
  /** What the same person does next, seeing the answer. */
  readonly next?: (done: Done) => Call | null
}

export interface Done {
  readonly answer: Answered
  /** What the books say after the call. */
  readonly actual: State
  readonly model: Model
}

/** Makes a call of what is there now; null when there is nothing to do it with. */
export type Move = (world: World, state: State, dice: Dice) => Call | null

/** A new draft changes no figure: the model takes it as it was written. */
export function adopt(kind: 'orders' | 'shipments' | 'invoices' | 'payments' | 'reservations') {
  return ({ answer, actual, model }: Done): void => {
    const made = actual[kind][answer.id]
    if (!made) throw new Error(`the answer names ${answer.id}, which is not among the ${kind}`)
    Object.assign(model.state[kind], { [answer.id]: structuredClone(made) })
  }
}

export function forget(kind: 'orders' | 'shipments' | 'invoices' | 'payments', id: string) {
  return ({ model }: Done): void => {
    delete model.state[kind][id]
  }
}

export const paths = {
  'sales-order': '/sales-orders',
  'purchase-order': '/purchase-orders',
  'delivery-note': '/delivery-notes',
  'receipt-note': '/receipt-notes',
  'sales-return': '/sales-returns',
  'purchase-return': '/purchase-returns',
  'stock-adjustment': '/stock-adjustments',
  'stock-transfer': '/stock-transfers',
  invoice: '/invoices',
  bill: '/bills',
  'credit-note': '/credit-notes',
  'vendor-credit': '/vendor-credits',
} as const

export function all<T>(documents: Record<string, T>): T[] {
  return Object.values(documents)
}

export function orderOf(state: State, shipment: Shipment): Order | null {
  return shipment.order === null ? null : state.orders[shipment.order]!
}

/** A quantity as the API takes it. */
export function text(quantity: number): string {
  return String(quantity)
}

/** Money of the model, thousandths, as the API takes it. */
export function money(thousandths: number): string {
  return (thousandths / 1000).toFixed(3).replace(/\.?0+$/, '')
}
