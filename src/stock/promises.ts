import type { Context } from '../kernel/context.ts'
import { type Decimal, max, min, zero } from '../kernel/decimal.ts'
import type { Balance, Demand, Level, Location, Lot, LotHold, StockProduct } from './records.ts'
import type { Shortage } from './shortage.ts'
import type { Layer } from './valuation.ts'

export const levelKey = (productId: string, warehouseId: string): string => `${productId} ${warehouseId}`
export const balanceKey = (b: { productId: string; locationId: string; lotId: string | null }): string =>
  `${b.productId} ${b.locationId} ${b.lotId ?? ''}`
const demandKey = (sourceLineId: string, warehouseId: string): string => `${sourceLineId} ${warehouseId}`

export interface StockRows {
  readonly levels: Level[]
  readonly products: StockProduct[]
  readonly demands: Demand[]
  readonly lotHolds: LotHold[]
  readonly locations: Location[]
  readonly balances: Balance[]
  readonly lots: Lot[]
  readonly layers: (Layer & { productId: string; warehouseId: string })[]
  /** Where goods come in: what went out below zero before them, the oldest first. */
  readonly shortages: (Shortage & { productId: string; warehouseId: string })[]
}

/** Tried again as after a serialisation failure: the second attempt makes levels that are not there yet. */
class NotLocked extends Error {
  readonly code = '40001'
  constructor(what: string) {
    super(`${what} was not locked`)
  }
}

/**
 * What one transaction has locked of the stock, and the promises on it: who holds what, who waits, what is
 * free. Pure; the movements stand on top of it in `StockState`.
 */
export class StockPromises {
  protected readonly ctx: Context
  readonly products = new Map<string, StockProduct>()
  readonly levels = new Map<string, Level>()
  readonly before = new Map<string, Level>()
  readonly demands = new Map<string, Demand>()
  readonly locations = new Map<string, Location>()
  readonly balances = new Map<string, Balance>()
  readonly balancesBefore = new Map<string, Decimal>()
  readonly lots = new Map<string, Lot>()
  /** By demand: which lots it holds. */
  readonly lotHolds = new Map<string, Map<string, Decimal>>()
  readonly dirtyDemands = new Set<string>()
  /** Order lines that had waited and got goods. */
  readonly allocated = new Set<string>()

  constructor(ctx: Context, rows: StockRows) {
    this.ctx = ctx
    for (const product of rows.products) this.products.set(product.id, product)
    for (const level of rows.levels) {
      this.levels.set(levelKey(level.productId, level.warehouseId), level)
      this.before.set(levelKey(level.productId, level.warehouseId), { ...level })
    }
    for (const location of rows.locations) this.locations.set(location.id, location)
    for (const lot of rows.lots) this.lots.set(lot.id, lot)
    for (const balance of rows.balances) {
      this.balances.set(balanceKey(balance), balance)
      this.balancesBefore.set(balanceKey(balance), balance.quantity)
    }
    // In the order in which lots are chosen, whatever the database answers first: what is proposed reads
    // S1, S2, S3, and what is given back are the lots that were chosen last.
    const holds = rows.lotHolds.toSorted((a, b) => this.#firstExpired(a.lotId, b.lotId))
    for (const hold of holds) {
      const key = demandKey(hold.sourceLineId, hold.warehouseId)
      const held = this.lotHolds.get(key) ?? new Map<string, Decimal>()
      held.set(hold.lotId, hold.quantity)
      this.lotHolds.set(key, held)
    }
    for (const demand of rows.demands)
      this.demands.set(demandKey(demand.sourceLineId, demand.warehouseId), demand)
    // R11: a hold ends at its expiry, whether or not a job has run; it is swept by whoever locks the level.
    const ended = rows.demands.filter((d) => d.expiresAt !== null && d.expiresAt <= ctx.now)
    for (const demand of ended) this.dropDemand(demand)
    for (const { productId, warehouseId } of ended) this.allocateWaiting(productId, warehouseId)
  }

  level(productId: string, warehouseId: string): Level {
    const level = this.levels.get(levelKey(productId, warehouseId))
    if (!level) throw new NotLocked(`level ${productId} in ${warehouseId}`)
    return level
  }

  product(productId: string): StockProduct {
    const product = this.products.get(productId)
    if (!product) throw new Error(`product ${productId} was not locked`)
    return product
  }

  location(id: string): Location {
    const location = this.locations.get(id)
    if (!location) throw new Error(`location ${id} was not loaded`)
    return location
  }

  /** The warehouse's default place of a type, or the company's virtual one. */
  place(type: Location['type'], warehouseId: string | null = null): Location {
    for (const location of this.locations.values()) {
      if (location.type === type && location.isDefault && location.warehouseId === warehouseId)
        return location
    }
    throw new Error(`no ${type} location${warehouseId === null ? '' : ` in warehouse ${warehouseId}`}`)
  }

  expired(lot: Lot): boolean {
    return lot.expiresOn !== null && lot.expiresOn < this.ctx.today
  }

  /** On hand less what is held, less expired lots (S31); below zero where stock may be negative. */
  available(productId: string, warehouseId: string): Decimal {
    const level = this.level(productId, warehouseId)
    let free = level.onHand.minus(level.reserved)
    if (this.product(productId).tracking === 'none') return free
    for (const lot of this.lots.values()) {
      if (lot.productId === productId && this.expired(lot)) {
        free = free.minus(max(this.lotFree(lot.id, warehouseId), zero))
      }
    }
    return free
  }

  /** What of a lot lies in stock locations and is held by nobody (or by `exceptLine`). */
  lotFree(lotId: string, warehouseId: string, exceptLine: string | null = null): Decimal {
    let free = zero
    for (const balance of this.balances.values()) {
      if (
        balance.lotId === lotId &&
        balance.warehouseId === warehouseId &&
        this.location(balance.locationId).type === 'stock'
      ) {
        free = free.plus(balance.quantity)
      }
    }
    for (const [key, holds] of this.lotHolds) {
      const [line, warehouse] = key.split(' ')
      if (warehouse === warehouseId && line !== exceptLine) free = free.minus(holds.get(lotId) ?? zero)
    }
    return free
  }

  /** Whether any of a lot lies in the warehouses that are locked. */
  lies(lotId: string): boolean {
    return [...this.balances.values()].some((b) => b.lotId === lotId && b.quantity.gt(zero))
  }

  // Promises

  announce(productId: string, warehouseId: string, change: Decimal): void {
    const level = this.level(productId, warehouseId)
    level.incoming = level.incoming.plus(change)
  }

  /** What an order line or reservation line wants, over all warehouses that it wants it from. */
  demandsOf(sourceLineId: string): Demand[] {
    return [...this.demands.values()].filter((d) => d.sourceLineId === sourceLineId)
  }

  /** Registers or raises a demand and holds what is free for it. */
  want(demand: Omit<Demand, 'reserved'>): Demand {
    const key = demandKey(demand.sourceLineId, demand.warehouseId)
    const known = this.demands.get(key)
    const entry: Demand = known ?? { ...demand, wanted: zero, reserved: zero }
    entry.wanted = entry.wanted.plus(demand.wanted)
    this.demands.set(key, entry)
    if (entry.type === 'order') {
      const level = this.level(demand.productId, demand.warehouseId)
      level.outgoing = level.outgoing.plus(demand.wanted)
    }
    this.dirtyDemands.add(key)
    this.hold(entry)
    return entry
  }

  /** Holds as much as is free of what the demand still lacks; tracked goods by lot, first expired first. */
  hold(demand: Demand): void {
    const lacking = demand.wanted.minus(demand.reserved)
    const free = this.available(demand.productId, demand.warehouseId)
    const quantity = min(lacking, free)
    if (!quantity.gt(zero)) return
    if (this.product(demand.productId).tracking === 'none') {
      this.#reserve(demand, quantity)
      return
    }
    let left = quantity
    for (const { lotId, free: lotFree } of this.lotsByExpiry(demand.productId, demand.warehouseId)) {
      if (!left.gt(zero)) break
      const taken = min(left, lotFree)
      this.#holdLot(demand, lotId, taken)
      left = left.minus(taken)
    }
  }

  /** Lots that may be sold and are free, first expired first, then by number (S31). */
  lotsByExpiry(productId: string, warehouseId: string): { lotId: string; free: Decimal }[] {
    return [...this.lots.values()]
      .filter((lot) => lot.productId === productId && !this.expired(lot))
      .map((lot) => ({ lot, free: this.lotFree(lot.id, warehouseId) }))
      .filter(({ free }) => free.gt(zero))
      .sort((a, b) => this.#firstExpired(a.lot.id, b.lot.id))
      .map(({ lot, free }) => ({ lotId: lot.id, free }))
  }

  #firstExpired(lotId: string, otherId: string): number {
    const [lot, other] = [this.lots.get(lotId)!, this.lots.get(otherId)!]
    const first = (lot.expiresOn ?? '9999').localeCompare(other.expiresOn ?? '9999')
    return first !== 0 ? first : lot.number.localeCompare(other.number, 'en', { numeric: true })
  }

  /** Holds exactly these lots for a line instead of what it held; the caller has checked that they are free. */
  holdLots(demand: Demand, lots: ReadonlyMap<string, Decimal>): void {
    this.#reserve(demand, demand.reserved.neg())
    this.lotHolds.delete(demandKey(demand.sourceLineId, demand.warehouseId))
    for (const [lotId, quantity] of lots) this.#holdLot(demand, lotId, quantity)
  }

  #holdLot(demand: Demand, lotId: string, quantity: Decimal): void {
    const key = demandKey(demand.sourceLineId, demand.warehouseId)
    const holds = this.lotHolds.get(key) ?? new Map<string, Decimal>()
    const now = (holds.get(lotId) ?? zero).plus(quantity)
    if (now.gt(zero)) holds.set(lotId, now)
    else holds.delete(lotId)
    this.lotHolds.set(key, holds)
    this.#reserve(demand, quantity)
  }

  #reserve(demand: Demand, change: Decimal): void {
    if (change.eq(zero)) return
    demand.reserved = demand.reserved.plus(change)
    const level = this.level(demand.productId, demand.warehouseId)
    level.reserved = level.reserved.plus(change)
    this.dirtyDemands.add(demandKey(demand.sourceLineId, demand.warehouseId))
  }

  /** Gives back `quantity` of what the demand holds; of tracked goods these lots first, then the last chosen. */
  unhold(demand: Demand, quantity: Decimal, lots: ReadonlyMap<string, Decimal> = new Map()): void {
    const wanted = min(quantity, demand.reserved)
    if (!wanted.gt(zero)) return
    const holds = this.lotHolds.get(demandKey(demand.sourceLineId, demand.warehouseId))
    if (!holds) {
      this.#reserve(demand, wanted.neg())
      return
    }
    let left = wanted
    const order = [...holds.keys()]
      .filter((id) => lots.has(id))
      .concat([...holds.keys()].filter((id) => !lots.has(id)).toReversed())
    for (const lotId of order) {
      if (!left.gt(zero)) break
      const most =
        lots.size > 0 && lots.has(lotId) ? min(lots.get(lotId)!, holds.get(lotId)!) : holds.get(lotId)!
      const given = min(left, most)
      this.#holdLot(demand, lotId, given.neg())
      left = left.minus(given)
    }
  }

  /** Lowers what a demand wants, never below zero; what it holds beyond that is given back. */
  lower(demand: Demand, quantity: Decimal): void {
    const less = min(quantity, demand.wanted)
    demand.wanted = demand.wanted.minus(less)
    if (demand.type === 'order') {
      const level = this.level(demand.productId, demand.warehouseId)
      level.outgoing = level.outgoing.minus(less)
    }
    this.dirtyDemands.add(demandKey(demand.sourceLineId, demand.warehouseId))
    if (demand.reserved.gt(demand.wanted)) this.unhold(demand, demand.reserved.minus(demand.wanted))
  }

  /** Lets what a demand holds end at a moment. */
  holdUntil(demand: Demand, end: Date): void {
    demand.expiresAt = end
    this.dirtyDemands.add(demandKey(demand.sourceLineId, demand.warehouseId))
  }

  dropDemand(demand: Demand): void {
    this.unhold(demand, demand.reserved)
    this.lower(demand, demand.wanted)
  }

  /**
   * Goods for a line leave a warehouse: what it wanted and held there is used up; what it wanted elsewhere
   * is lowered by the rest.
   */
  fulfil(
    sourceLineId: string,
    warehouseId: string,
    quantity: Decimal,
    lots: ReadonlyMap<string, Decimal>,
  ): void {
    let left = quantity
    const here = this.demands.get(demandKey(sourceLineId, warehouseId))
    if (here) {
      const used = min(left, here.wanted)
      this.unhold(here, used, lots)
      this.lower(here, used)
      left = left.minus(used)
    }
    for (const demand of this.demandsOf(sourceLineId)) {
      if (!left.gt(zero)) break
      const used = min(left, demand.wanted)
      this.lower(demand, used)
      left = left.minus(used)
    }
  }

  /** Goods have come free: waiting lines get them by priority, then date, then age (DESIGN 1.4). */
  allocateWaiting(productId: string, warehouseId: string): void {
    const waiting = [...this.demands.values()]
      .filter((d) => d.productId === productId && d.warehouseId === warehouseId && d.reserved.lt(d.wanted))
      .sort(
        (a, b) =>
          b.priority - a.priority ||
          a.dueOn.localeCompare(b.dueOn) ||
          a.createdAt.getTime() - b.createdAt.getTime() ||
          a.sourceLineId.localeCompare(b.sourceLineId),
      )
    for (const demand of waiting) {
      const was = demand.reserved
      this.hold(demand)
      if (demand.type === 'order' && demand.reserved.gt(was)) this.allocated.add(demand.sourceLineId)
    }
  }

  /**
   * Goods are gone that were held (a loss, a count): the physical truth wins, and the lines that would be
   * allocated last lose their hold and wait again.
   * @returns the demands that lost something.
   */
  shedHolds(productId: string, warehouseId: string): Demand[] {
    const level = this.level(productId, warehouseId)
    const lost: Demand[] = []
    if (level.allowNegative) return lost
    const holders = [...this.demands.values()]
      .filter((d) => d.productId === productId && d.warehouseId === warehouseId && d.reserved.gt(zero))
      .sort(
        (a, b) =>
          a.priority - b.priority ||
          b.dueOn.localeCompare(a.dueOn) ||
          b.createdAt.getTime() - a.createdAt.getTime() ||
          b.sourceLineId.localeCompare(a.sourceLineId),
      )
    for (const demand of holders) {
      const excess = level.reserved.minus(max(level.onHand, zero))
      if (!excess.gt(zero)) break
      this.unhold(demand, min(excess, demand.reserved))
      lost.push(demand)
    }
    return lost
  }
}
