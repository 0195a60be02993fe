import type { AdventureWorks, PurchaseOrder } from './adventureworks-data.ts'
import { taxPercent } from './load-adventureworks.ts'

/**
 * What the rules R1 to R3 and R6 give for these orders, in whole cents and ten-thousandths of a dollar and
 * without a line of the product. Nothing here is negative, so half up is half away from zero.
 */

export interface PurchaseMoney {
  /** Of the goods, by R2: each line rounded once. */
  readonly net: bigint
  readonly freight: bigint
  readonly tax: bigint
  /** What was received of it, rejected or not: it is billed, and it is what the goods are worth. */
  readonly billed: bigint
  readonly billedTax: bigint
  /** Of `billed`, by product. */
  readonly worth: ReadonlyMap<string, bigint>
}

export function moneyOf(order: PurchaseOrder): PurchaseMoney {
  const worth = new Map<string, bigint>()
  let net = 0n
  let billed = 0n
  for (const line of order.lines) {
    const amount = half(BigInt(line.ordered) * tenThousandths(line.unitPrice), 100n)
    const received = half(amount * BigInt(line.received), BigInt(line.ordered))
    net += amount
    billed += received
    worth.set(line.productId, (worth.get(line.productId) ?? 0n) + received)
  }
  const tax = (base: bigint): bigint => half(base * BigInt(taxPercent), 100n)
  const freight = half(tenThousandths(order.freight), 100n)
  return { net, freight, tax: tax(net), billed, billedTax: tax(billed), worth }
}

/** All orders together. */
export function moneyOfAll(data: AdventureWorks): PurchaseMoney {
  const worth = new Map<string, bigint>()
  const all = data.orders.map(moneyOf)
  for (const [productId, value] of all.flatMap((each) => [...each.worth])) {
    worth.set(productId, (worth.get(productId) ?? 0n) + value)
  }
  const total = (field: Exclude<keyof PurchaseMoney, 'worth'>): bigint =>
    all.reduce((sum, each) => sum + each[field], 0n)
  return {
    net: total('net'),
    freight: total('freight'),
    tax: total('tax'),
    billed: total('billed'),
    billedTax: total('billedTax'),
    worth,
  }
}

/** Cents as the text of dollars. */
export function dollars(cents: bigint): string {
  return `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`
}

function tenThousandths(price: string): bigint {
  const found = /^(\d+)\.(\d{4})$/.exec(price)
  if (!found) throw new Error(`not a price of four decimals: ${price}`)
  return BigInt(found[1]! + found[2]!)
}

function half(value: bigint, divisor: bigint): bigint {
  return (2n * value + divisor) / (2n * divisor)
}
