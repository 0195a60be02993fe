import type { Context } from '../kernel/context.ts'
import type { CalendarDate } from '../kernel/dates.ts'
import { type Decimal, min, sum, zero } from '../kernel/decimal.ts'
import { newId } from '../kernel/ids.ts'
import { StockPromises, type StockRows, balanceKey, levelKey } from './promises.ts'
import type { Correction, Level, Location, Lot, Move } from './records.ts'
import { type Shortage, cover, fallShort } from './shortage.ts'
import { type Layer, type Pool, averageIssue, fifoIssue, giveBack, layerOf } from './valuation.ts'

export interface MoveRequest {
  readonly productId: string
  readonly lotId: string | null
  readonly from: Location
  readonly to: Location
  readonly quantity: Decimal
  /** Value of goods that come into a pool from outside; what leaves a pool is valued by its rule. */
  readonly valueIn?: Decimal
  /** Value of goods that leave an average pool where no rule applies: the opposite of an earlier move. */
  readonly valueOut?: Decimal
  readonly date: CalendarDate
  readonly shipmentId: string
  readonly shipmentLineId: string
  readonly reversesId?: string | null
  readonly returnsId?: string | null
  /** FIFO: take this receipt's layer first (R10). */
  readonly layerSeq?: number | null
  /** The opposite of a move that was corrected since: by what, and on which day. Each is taken back on its own. */
  readonly corrected?: readonly DatedChange[] | undefined
  /** FIFO, the opposite of an issue: what that took of the layers, which get it back. */
  readonly took?: readonly Layer[] | undefined
}

export interface DatedChange {
  readonly date: CalendarDate
  readonly change: Decimal
}

/**
 * The stock that one transaction has locked, and the rules on it. Pure: operations change this model, and
 * `saveStock` writes the differences. It stands on rows locked by `loadStock`, so nothing moves under it;
 * the constraints of the tables stand behind it.
 */
export class StockState extends StockPromises {
  readonly layers = new Map<string, Layer[]>()
  readonly shortages = new Map<string, Shortage[]>()
  readonly moves: Move[] = []
  readonly corrections: Correction[] = []
  readonly newLots: Lot[] = []
  readonly lotReceived = new Map<string, Decimal>()
  readonly dirtyLayers = new Set<string>()

  constructor(ctx: Context, rows: StockRows) {
    super(ctx, rows)
    for (const { productId, warehouseId, seq, quantity, value } of rows.layers) {
      const key = levelKey(productId, warehouseId)
      const layers = this.layers.get(key) ?? []
      layers.push({ seq, quantity, value })
      this.layers.set(key, layers)
    }
    for (const { productId, warehouseId, moveId, quantity, value } of rows.shortages) {
      const key = levelKey(productId, warehouseId)
      const shortages = this.shortages.get(key) ?? []
      shortages.push({ moveId, quantity, value })
      this.shortages.set(key, shortages)
    }
  }

  /** Places of a type in a warehouse where goods lie, the default one first; what is missing comes from the default. */
  pick(
    productId: string,
    warehouseId: string,
    quantity: Decimal,
    where: {
      lotId: string | null
      locationId: string | null
      type: 'stock' | 'quarantine'
      /** Not from here: they go there. */
      except?: string
    },
  ): { location: Location; quantity: Decimal }[] {
    if (where.locationId !== null) return [{ location: this.location(where.locationId), quantity }]
    const places = [...this.balances.values()]
      .filter(
        (b) =>
          b.productId === productId &&
          b.warehouseId === warehouseId &&
          b.lotId === where.lotId &&
          b.quantity.gt(zero) &&
          b.locationId !== where.except &&
          this.location(b.locationId).type === where.type,
      )
      .map((b) => ({ location: this.location(b.locationId), free: b.quantity }))
      .sort(
        (a, b) =>
          Number(b.location.isDefault) - Number(a.location.isDefault) ||
          a.location.code.localeCompare(b.location.code),
      )
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
      value = this.#issueValue(level, quantity, request)
      level.value = level.value.minus(value)
      fromSeq = ++level.lastSeq
    }
    this.#count(productId, lotId, from, quantity.neg())
    if (!within && from.warehouseId !== null) {
      const level = this.level(productId, from.warehouseId)
      fallShort(this.#shortagesOf(level), poolOf(level), id)
    }
    if (!within && to.warehouseId !== null) {
      const level = this.level(productId, to.warehouseId)
      const pool = poolOf(level)
      const digits = this.ctx.company.minorDigits
      const rest = request.took
        ? giveBack(this.#layersOf(level), request.took, pool, { quantity, value }, digits)
        : { quantity, value }
      const origin = request.reversesId ?? request.returnsId ?? null
      const covered = cover(this.#shortagesOf(level), rest, origin, digits)
      toSeq = ++level.lastSeq
      this.#addLayer(level, toSeq, layerOf(pool, rest.quantity, rest.value, digits))
      level.value = level.value.plus(value).minus(sum(covered.map((c) => c.change)))
      for (const { moveId, change } of covered) {
        this.corrections.push({
          moveId,
          productId,
          warehouseId: to.warehouseId,
          direction: 'out',
          valueChange: change,
          cause: 'negative-stock',
          invoiceLineId: null,
          coveredById: id,
        })
      }
    }
    this.#count(productId, lotId, to, quantity)
    const corrected = within ? [] : (request.corrected ?? [])
    this.#takeBack(corrected, { moveId: id, productId }, from, to)
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
      corrected: sum(corrected.map((c) => c.change)),
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

  /** What later corrections say of a move's value belongs to their days, and so does its opposite. */
  #takeBack(
    changes: readonly DatedChange[],
    of: { readonly moveId: string; readonly productId: string },
    from: Location,
    to: Location,
  ): void {
    const sides = [
      { direction: 'out' as const, warehouseId: from.warehouseId },
      { direction: 'in' as const, warehouseId: to.warehouseId },
    ]
    for (const { direction, warehouseId } of sides) {
      if (warehouseId === null) continue
      for (const { date, change } of changes)
        this.corrections.push({
          ...of,
          warehouseId,
          direction,
          valueChange: change,
          cause: 'reversal',
          invoiceLineId: null,
          coveredById: null,
          date,
        })
    }
  }

  /** The opposite of an earlier move takes out what that brought in; of layers, what these hold while they last. */
  #issueValue(level: Level, quantity: Decimal, { valueOut, layerSeq }: MoveRequest): Decimal {
    const product = this.product(level.productId)
    const digits = this.ctx.company.minorDigits
    const lastCost = product.purchasePrice ?? zero
    const pool = poolOf(level)
    if (product.valuation === 'fifo') {
      this.dirtyLayers.add(levelKey(level.productId, level.warehouseId))
      const taken = fifoIssue(this.#layersOf(level), quantity, lastCost, digits, layerSeq ?? null)
      return quantity.gt(pool.quantity) ? (valueOut ?? taken) : taken
    }
    return valueOut ?? averageIssue(pool, quantity, lastCost, digits)
  }

  #shortagesOf(level: Level): Shortage[] {
    const key = levelKey(level.productId, level.warehouseId)
    const shortages = this.shortages.get(key) ?? []
    this.shortages.set(key, shortages)
    return shortages
  }

  #layersOf(level: Level): Layer[] {
    const key = levelKey(level.productId, level.warehouseId)
    const layers = this.layers.get(key) ?? []
    this.layers.set(key, layers)
    return layers
  }

  #addLayer(level: Level, seq: number, layer: Omit<Layer, 'seq'>): void {
    if (this.product(level.productId).valuation !== 'fifo') return
    this.#layersOf(level).push({ seq, ...layer })
    this.dirtyLayers.add(levelKey(level.productId, level.warehouseId))
  }

  #count(productId: string, lotId: string | null, place: Location, change: Decimal): void {
    if (place.warehouseId === null) {
      // A serial number comes in once, from a supplier or found (S30); the database holds it at 1 at most.
      if (lotId !== null && (place.type === 'supplier' || place.type === 'adjustment')) {
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
}

/** What of a product lies in a warehouse, in stock and in quarantine, and what it is worth. */
export function poolOf(level: Level): Pool {
  return { quantity: level.onHand.plus(level.quarantined), value: level.value }
}
