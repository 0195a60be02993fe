import type { Context } from '../kernel/context.ts'
import type { CalendarDate } from '../kernel/dates.ts'
import { type Decimal, max, min, sum, zero } from '../kernel/decimal.ts'
import { newId } from '../kernel/ids.ts'
import type { Balance, Correction, Demand, Level, Location, Lot, LotHold, Move, StockProduct } from './records.ts'
import { type Layer, averageIssue, coverNegative, fifoIssue } from './valuation.ts'

export const levelKey = (productId: string, warehouseId: string): string => `${productId} ${warehouseId}`
const balanceKey = (b: { productId: string; locationId: string; lotId: string | null }): string =>
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
}

/** How much of what could not be held, and where the rest is. */
export interface Shortage {
  readonly productId: string
  readonly warehouseId: string
  readonly available: Decimal
}

export interface MoveRequest {
  readonly productId: string
  readonly lotId: string | null
  readonly from: Location
  readonly to: Location
  readonly quantity: Decimal
  /** Value of goods that come into a pool from outside; what leaves a pool is valued by its rule. */
  readonly valueIn?: Decimal
  /** Value of goods that leave where no rule applies: the exact opposite of an earlier move. */
  readonly valueOut?: Decimal
  readonly date: CalendarDate
  readonly shipmentId: string
  readonly shipmentLineId: string
  readonly reversesId?: string | null
  readonly returnsId?: string | null
  /** FIFO: take this receipt's layer first (R10). */
  readonly layerSeq?: number | null
}

/**
 * The stock that one transaction has locked, and the rules on it. Pure: operations change this model, and
 * `saveStock` writes the differences. It stands on rows locked by `loadStock`, so nothing moves under it;
 * the constraints of the tables stand behind it.
 */
export class StockState {
  readonly #ctx: Context
  readonly products = new Map<string, StockProduct>()
  readonly levels = new Map<string, Level>()
  readonly before = new Map<string, Level>()
  readonly demands = new Map<string, Demand>()
  readonly locations = new Map<string, Location>()
  readonly balances = new Map<string, Balance>()
  readonly balancesBefore = new Map<string, Decimal>()
  readonly lots = new Map<string, Lot>()
  readonly layers = new Map<string, Layer[]>()
  /** By demand: which lots it holds. */
  readonly lotHolds = new Map<string, Map<string, Decimal>>()

  readonly moves: Move[] = []
  readonly corrections: Correction[] = []
  readonly newLots: Lot[] = []
  readonly lotReceived = new Map<string, Decimal>()
  readonly dirtyDemands = new Set<string>()
  readonly dirtyLayers = new Set<string>()

  constructor(ctx: Context, rows: StockRows) {
    this.#ctx = ctx
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
    for (const hold of rows.lotHolds) {
      const key = demandKey(hold.sourceLineId, hold.warehouseId)
      const holds = this.lotHolds.get(key) ?? new Map<string, Decimal>()
      holds.set(hold.lotId, hold.quantity)
      this.lotHolds.set(key, holds)
    }
    for (const demand of rows.demands) this.demands.set(demandKey(demand.sourceLineId, demand.warehouseId), demand)
    for (const { productId, warehouseId, seq, quantity, value } of rows.layers) {
      const key = levelKey(productId, warehouseId)
      const layers = this.layers.get(key) ?? []
      layers.push({ seq, quantity, value })
      this.layers.set(key, layers)
    }
    // R11: a hold ends at its expiry, whether or not a job has run; it is swept by whoever locks the level.
    for (const demand of [...this.demands.values()]) {
      if (demand.expiresAt !== null && demand.expiresAt <= ctx.now) this.dropDemand(demand)
    }
  }

  level(productId: string, warehouseId: string): Level {
    const level = this.levels.get(levelKey(productId, warehouseId))
    if (!level) throw new Error(`level ${productId} in ${warehouseId} was not locked`)
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
      if (location.type === type && location.isDefault && location.warehouseId === warehouseId) return location
    }
    throw new Error(`no ${type} location${warehouseId === null ? '' : ` in warehouse ${warehouseId}`}`)
  }

  expired(lot: Lot): boolean {
    return lot.expiresOn !== null && lot.expiresOn < this.#ctx.today
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
      if (balance.lotId === lotId && balance.warehouseId === warehouseId && this.location(balance.locationId).type === 'stock') {
        free = free.plus(balance.quantity)
      }
    }
    for (const [key, holds] of this.lotHolds) {
      const [line, warehouse] = key.split(' ')
      if (warehouse === warehouseId && line !== exceptLine) free = free.minus(holds.get(lotId) ?? zero)
    }
    return free
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
      .sort((a, b) => {
        const first = (a.lot.expiresOn ?? '9999').localeCompare(b.lot.expiresOn ?? '9999')
        return first !== 0 ? first : a.lot.number.localeCompare(b.lot.number, 'en', { numeric: true })
      })
      .map(({ lot, free }) => ({ lotId: lot.id, free }))
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
    const order = [...holds.keys()].filter((id) => lots.has(id)).concat([...holds.keys()].filter((id) => !lots.has(id)).reverse())
    for (const lotId of order) {
      if (!left.gt(zero)) break
      const most = lots.size > 0 && lots.has(lotId) ? min(lots.get(lotId)!, holds.get(lotId)!) : holds.get(lotId)!
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

  dropDemand(demand: Demand): void {
    this.unhold(demand, demand.reserved)
    this.lower(demand, demand.wanted)
  }

  /**
   * Goods for a line leave a warehouse: what it wanted and held there is used up; what it wanted elsewhere
   * is lowered by the rest.
   */
  fulfil(sourceLineId: string, warehouseId: string, quantity: Decimal, lots: ReadonlyMap<string, Decimal>): void {
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
    for (const demand of waiting) this.hold(demand)
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

  // Movements

  /** Places of a type in a warehouse where goods lie, the default one first; what is missing comes from the default. */
  pick(
    productId: string,
    warehouseId: string,
    quantity: Decimal,
    where: { lotId: string | null; locationId: string | null; type: 'stock' | 'quarantine' },
  ): { location: Location; quantity: Decimal }[] {
    if (where.locationId !== null) return [{ location: this.location(where.locationId), quantity }]
    const places = [...this.balances.values()]
      .filter(
        (b) =>
          b.productId === productId &&
          b.warehouseId === warehouseId &&
          b.lotId === where.lotId &&
          b.quantity.gt(zero) &&
          this.location(b.locationId).type === where.type,
      )
      .map((b) => ({ location: this.location(b.locationId), free: b.quantity }))
      .sort((a, b) => Number(b.location.isDefault) - Number(a.location.isDefault) || a.location.code.localeCompare(b.location.code))
    const picked: { location: Location; quantity: Decimal }[] = []
    let left = quantity
    for (const place of places) {
      if (!left.gt(zero)) break
      const taken = min(left, place.free)
      picked.push({ location: place.location, quantity: taken })
      left = left.minus(taken)
    }
    if (left.gt(zero)) {
      const fallback = this.place(where.type, warehouseId)
      const same = picked.find((p) => p.location.id === fallback.id)
      if (same) same.quantity = same.quantity.plus(left)
      else picked.push({ location: fallback, quantity: left })
    }
    return picked
  }

  /** Moves goods from one place to another and values them; the only way that on hand and value change. */
  move(request: MoveRequest): Move {
    const { productId, lotId, from, to, quantity } = request
    const within = from.warehouseId !== null && from.warehouseId === to.warehouseId
    let value = request.valueIn ?? zero
    let fromSeq: number | null = null
    let toSeq: number | null = null
    const id = newId()
    if (!within && from.warehouseId !== null) {
      const level = this.level(productId, from.warehouseId)
      value = request.valueOut ?? this.#issueValue(level, quantity, request.layerSeq ?? null)
      if (request.valueOut !== undefined) this.#takeLayers(level, quantity, request.layerSeq ?? null)
      level.value = level.value.minus(value)
      fromSeq = ++level.lastSeq
    }
    this.#count(productId, lotId, from, quantity.neg())
    if (!within && to.warehouseId !== null) {
      const level = this.level(productId, to.warehouseId)
      const pool = { quantity: level.onHand.plus(level.quarantined), value: level.value }
      const covered = coverNegative(pool, quantity, value, this.#ctx.company.minorDigits)
      toSeq = ++level.lastSeq
      this.#addLayer(level, toSeq, quantity, value, pool.quantity)
      level.value = level.value.plus(value).minus(covered)
      if (!covered.eq(zero)) {
        this.corrections.push({
          moveId: id,
          productId,
          warehouseId: to.warehouseId,
          direction: 'out',
          valueChange: covered,
          cause: 'negative-stock',
          invoiceLineId: null,
        })
      }
    }
    this.#count(productId, lotId, to, quantity)
    const move: Move = {
      id,
      productId,
      lotId,
      fromLocationId: from.id,
      toLocationId: to.id,
      fromWarehouseId: from.warehouseId,
      toWarehouseId: to.warehouseId,
      quantity,
      value: within ? zero : value,
      fromSeq,
      toSeq,
      date: request.date,
      shipmentId: request.shipmentId,
      shipmentLineId: request.shipmentLineId,
      reversesId: request.reversesId ?? null,
      returnsId: request.returnsId ?? null,
    }
    this.moves.push(move)
    return move
  }

  #issueValue(level: Level, quantity: Decimal, layerSeq: number | null): Decimal {
    const product = this.product(level.productId)
    const digits = this.#ctx.company.minorDigits
    const lastCost = product.purchasePrice ?? zero
    if (product.valuation === 'fifo') {
      this.dirtyLayers.add(levelKey(level.productId, level.warehouseId))
      return fifoIssue(this.#layersOf(level), quantity, lastCost, digits, layerSeq)
    }
    return averageIssue({ quantity: level.onHand.plus(level.quarantined), value: level.value }, quantity, lastCost, digits)
  }

  /** An exact reversal has its value already; FIFO layers still give up the quantity. */
  #takeLayers(level: Level, quantity: Decimal, layerSeq: number | null): void {
    if (this.product(level.productId).valuation !== 'fifo') return
    this.dirtyLayers.add(levelKey(level.productId, level.warehouseId))
    fifoIssue(this.#layersOf(level), quantity, zero, this.#ctx.company.minorDigits, layerSeq)
  }

  #layersOf(level: Level): Layer[] {
    const key = levelKey(level.productId, level.warehouseId)
    const layers = this.layers.get(key) ?? []
    this.layers.set(key, layers)
    return layers
  }

  #addLayer(level: Level, seq: number, quantity: Decimal, value: Decimal, poolBefore: Decimal): void {
    if (this.product(level.productId).valuation !== 'fifo') return
    const short = poolBefore.lt(zero) ? min(poolBefore.abs(), quantity) : zero
    const rest = quantity.minus(short)
    const part = short.eq(zero) ? value : value.times(rest).div(quantity).round(this.#ctx.company.minorDigits, 1)
    this.#layersOf(level).push({ seq, quantity: rest, value: part })
    this.dirtyLayers.add(levelKey(level.productId, level.warehouseId))
  }

  #count(productId: string, lotId: string | null, place: Location, change: Decimal): void {
    if (place.warehouseId === null) {
      // A serial number comes from a supplier once (S30); the database holds it between 0 and 1.
      if (lotId !== null && place.type === 'supplier') {
        this.lotReceived.set(lotId, (this.lotReceived.get(lotId) ?? zero).minus(change))
      }
      return
    }
    const level = this.level(productId, place.warehouseId)
    if (place.type === 'quarantine') level.quarantined = level.quarantined.plus(change)
    else level.onHand = level.onHand.plus(change)
    const at = { productId, locationId: place.id, lotId }
    const balance = this.balances.get(balanceKey(at))
    if (balance) balance.quantity = balance.quantity.plus(change)
    else this.balances.set(balanceKey(at), { ...at, warehouseId: place.warehouseId, quantity: change })
  }

  /** Registers a lot or serial number that does not exist yet. */
  addLot(lot: Lot): void {
    this.lots.set(lot.id, lot)
    this.newLots.push(lot)
  }

  lotByNumber(productId: string, number: string): Lot | null {
    for (const lot of this.lots.values()) if (lot.productId === productId && lot.number === number) return lot
    return null
  }

  /** Sum of what a line holds over all warehouses. */
  reservedOf(sourceLineId: string): Decimal {
    return sum(this.demandsOf(sourceLineId).map((d) => d.reserved))
  }
}
