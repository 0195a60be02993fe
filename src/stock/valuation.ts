import { type Decimal, max, min, sum, zero } from '../kernel/decimal.ts'
import { roundMoney } from '../kernel/money.ts'
import { type Covered, type Shortage, cover, fallShort, fallShortAgain } from './shortage.ts'

/**
 * What goods are worth (R8 to R10). Pure. A pool is the stock of one product in one warehouse,
 * quarantine included; its value is in company currency.
 */
export interface Pool {
  quantity: Decimal
  value: Decimal
}

export type Method = 'average' | 'fifo'

/** What is left of one receipt of a FIFO product. */
export interface Layer {
  readonly seq: number
  quantity: Decimal
  value: Decimal
}

/**
 * R8: value going out = round(stock value x quantity / stock quantity); when all goes out, all value goes
 * out. What goes out below zero is taken at the last known cost and corrected by the receipt that covers it.
 * @param lastCost cost of one base unit when the pool holds nothing to take a cost from.
 */
export function averageIssue(pool: Pool, quantity: Decimal, lastCost: Decimal, minorDigits: number): Decimal {
  if (pool.quantity.gt(zero)) {
    if (quantity.eq(pool.quantity)) return pool.value
    if (quantity.lt(pool.quantity)) {
      return roundMoney(pool.value.times(quantity).div(pool.quantity), minorDigits)
    }
    const beyond = quantity.minus(pool.quantity)
    return pool.value.plus(roundMoney(pool.value.times(beyond).div(pool.quantity), minorDigits))
  }
  const cost = pool.quantity.lt(zero) ? pool.value.div(pool.quantity) : lastCost
  return roundMoney(cost.times(quantity), minorDigits)
}

/**
 * The exact opposite of an earlier move takes out what that brought in, so that the pair cancels out. When
 * all goes, all value goes; and where the average has changed so far that the rest would be worth less than
 * nothing, what the pool can give.
 */
export function oppositeIssue(pool: Pool, quantity: Decimal, value: Decimal): Decimal {
  const left = pool.quantity.minus(quantity)
  if (left.eq(zero)) return pool.value
  // Below zero no value stays where no goods are.
  return left.gt(zero) ? min(value, max(pool.value, zero)) : max(value, pool.value)
}

/**
 * FIFO: the oldest layers first, or one layer only (a return to the supplier of that very receipt, R10).
 * @param took is told what it took of each layer, in this order.
 */
export function fifoIssue(
  layers: Layer[],
  quantity: Decimal,
  lastCost: Decimal,
  minorDigits: number,
  onlySeq: number | null = null,
  took: Layer[] = [],
): Decimal {
  let left = quantity
  let value = zero
  let cost = lastCost
  const order =
    onlySeq === null
      ? layers
      : [...layers.filter((l) => l.seq === onlySeq), ...layers.filter((l) => l.seq !== onlySeq)]
  for (const layer of order) {
    if (left.eq(zero)) break
    if (layer.quantity.eq(zero)) continue
    const taken = min(left, layer.quantity)
    const part = taken.eq(layer.quantity)
      ? layer.value
      : roundMoney(layer.value.times(taken).div(layer.quantity), minorDigits)
    cost = layer.value.div(layer.quantity)
    layer.quantity = layer.quantity.minus(taken)
    layer.value = layer.value.minus(part)
    took.push({ seq: layer.seq, quantity: taken, value: part })
    value = value.plus(part)
    left = left.minus(taken)
  }
  return left.eq(zero) ? value : value.plus(roundMoney(cost.times(left), minorDigits))
}

/**
 * FIFO: the opposite of an issue gives the layers back what that took of them, at the same cost and in the same
 * place, so that they are as if it had not been. Where a part covers an issue below zero, the layers get the rest: of
 * what was taken last, since that issue would have had what was taken first.
 * @returns what is left, to come in as other goods do: it covers, or the issue took it of no layer.
 */
export function giveBack(
  layers: Layer[],
  took: readonly Layer[],
  pool: Pool,
  goods: Readonly<Pool>,
  minorDigits: number,
): Pool {
  const covers = pool.quantity.lt(zero) ? min(pool.quantity.abs(), goods.quantity) : zero
  let left = goods.quantity.minus(covers)
  const parts: Layer[] = []
  for (const { seq, quantity, value } of took.toReversed()) {
    if (!left.gt(zero)) break
    const back = min(left, quantity)
    const worth = back.eq(quantity) ? value : roundMoney(value.times(back).div(quantity), minorDigits)
    parts.push({ seq, quantity: back, value: worth })
    left = left.minus(back)
  }
  if (parts.length === 0) return { ...goods }
  const rest = left.plus(covers)
  let worth = sum(parts.map((part) => part.value))
  // Goods that come back from elsewhere may be worth something else by now: then each layer gets its share of that.
  const given = rest.eq(zero) ? goods.value : min(worth, goods.value)
  let value = given
  for (const part of parts) {
    const share = part.value.eq(worth) ? value : roundMoney(value.times(part.value).div(worth), minorDigits)
    worth = worth.minus(part.value)
    value = value.minus(share)
    addToLayer(layers, { ...part, value: share })
  }
  return { quantity: rest, value: goods.value.minus(given) }
}

/** Layers stand by their age; one that is used up may not be among them. */
function addToLayer(layers: Layer[], part: Layer): void {
  const at = layers.findIndex((layer) => layer.seq >= part.seq)
  const layer = layers[at]
  if (layer?.seq === part.seq) {
    layer.quantity = layer.quantity.plus(part.quantity)
    layer.value = layer.value.plus(part.value)
  } else {
    layers.splice(at < 0 ? layers.length : at, 0, part)
  }
}

/**
 * The layer that goods coming into a pool leave there: what does not cover an earlier issue. Its value is
 * what covering leaves of theirs, so that layers and pool never part by a cent.
 */
export function layerOf(
  pool: Pool,
  quantity: Decimal,
  value: Decimal,
  minorDigits: number,
): { quantity: Decimal; value: Decimal } {
  const covers = pool.quantity.lt(zero) ? min(pool.quantity.abs(), quantity) : zero
  if (covers.eq(quantity)) return { quantity: zero, value: zero }
  const taken = covers.eq(zero) ? zero : roundMoney(value.times(covers).div(quantity), minorDigits)
  return { quantity: quantity.minus(covers), value: value.minus(taken) }
}

/** A move in the valuation history of a pool, with what it is worth now: as posted, and as bills corrected it. */
export interface HistoryMove {
  readonly id: string
  readonly seq: number
  readonly direction: 'in' | 'out'
  readonly quantity: Decimal
  readonly value: Decimal
  /** What it changed of the cost of issues that had gone below zero, when it came in and covered them. */
  readonly covered: readonly Covered[]
  /**
   * Where the value comes from: 'given' (receipt, stated cost: stays what it is), 'computed' (an issue at
   * average or FIFO), 'follows' (the opposite of another move, goods of it that came back, its arrival).
   */
  readonly rule: 'given' | 'computed' | 'follows'
  /** Of a move that follows: which one, and the whole quantity of that one. */
  readonly origin: { readonly id: string; readonly quantity: Decimal } | null
  /** FIFO: take from this layer first. */
  readonly layerSeq: number | null
  /** The move that this one is the opposite of. FIFO: of an issue, whose layers get their goods back. */
  readonly reversesId: string | null
}

export interface Revalued {
  readonly id: string
  readonly direction: 'in' | 'out'
  readonly quantity: Decimal
  readonly was: Decimal
  readonly is: Decimal
}

/** What goods that came in changed of the cost of an issue that they cover. */
export interface Recovered {
  readonly moveId: string
  readonly coveredById: string
  readonly was: Decimal
  readonly is: Decimal
}

/**
 * Values a pool's history anew from a point where incoming values changed, as if they had been right from
 * the start (S22): what has gone out since costs what it should have cost, and the rest stays in stock.
 * @param opening the pool before the first of `moves`; FIFO: with its layers.
 * @param values right values by move id: the moves that changed, here or in another pool. What is found on
 *   the way is added, so that moves which follow others can be valued by it.
 * @returns every move whose value changed, and every issue that is covered at another cost; what the pool is
 *   afterwards, what it is short of, and what each issue took of its layers.
 */
export function replay(
  method: Method,
  opening: Pool & { layers: Layer[] },
  moves: readonly HistoryMove[],
  values: Map<string, Decimal>,
  lastCost: Decimal,
  minorDigits: number,
): {
  changed: Revalued[]
  recovered: Recovered[]
  pool: Pool
  layers: Layer[]
  shortages: Shortage[]
  took: Map<string, Layer[]>
} {
  const pool: Pool = { quantity: opening.quantity, value: opening.value }
  const layers = opening.layers.map((l) => ({ ...l }))
  const changed: Revalued[] = []
  const recovered: Recovered[] = []
  const shortages: Shortage[] = []
  // How much went out by each issue and has not come back, and which of them goods that came back are of.
  const issues = new Map<string, Decimal>()
  const cameBack = new Map<string, string>()
  const worth = new Map<string, Worth>()
  const took = new Map<string, Layer[]>()
  const back = new Map<string, Pool>()
  for (const move of moves) {
    const given = move.direction === 'in' ? values.get(move.id) : undefined
    let value =
      given ?? (move.rule === 'follows' ? followed(move, values, worth, back, minorDigits) : move.value)
    let covered: Covered[] = []
    if (move.direction === 'in') {
      const goods = { quantity: move.quantity, value }
      const rest = giveBack(layers, took.get(move.reversesId ?? '') ?? [], pool, goods, minorDigits)
      const origin = move.origin?.id ?? null
      covered = cover(shortages, rest, origin, minorDigits)
      if (origin !== null && issues.has(origin)) {
        issues.set(origin, issues.get(origin)!.minus(move.quantity))
        cameBack.set(move.id, origin)
      }
      if (method === 'fifo') {
        layers.push({ seq: move.seq, ...layerOf(pool, rest.quantity, rest.value, minorDigits) })
      }
      pool.value = pool.value.plus(value).minus(sum(covered.map((c) => c.change)))
      pool.quantity = pool.quantity.plus(move.quantity)
    } else {
      const parts: Layer[] = []
      const taken =
        method === 'fifo'
          ? fifoIssue(layers, move.quantity, lastCost, minorDigits, move.layerSeq, parts)
          : averageIssue(pool, move.quantity, lastCost, minorDigits)
      took.set(move.id, parts)
      const all = move.quantity.eq(pool.quantity)
      // Goods that went out of nothing keep the cost of last resort that was known then. Below zero only the average has
      // a cost of its own.
      const nothing = method === 'average' ? pool.quantity.eq(zero) : pool.quantity.lte(zero)
      const known = nothing ? move.value : taken
      const ofLayers = method === 'fifo' && move.quantity.lte(pool.quantity)
      if (move.rule === 'computed' || all || ofLayers) value = all ? pool.value : known
      else value = oppositeIssue(pool, move.quantity, value)
      pool.value = pool.value.minus(value)
      pool.quantity = pool.quantity.minus(move.quantity)
      if (move.reversesId === null) {
        issues.set(move.id, move.quantity)
        fallShort(shortages, pool, move.id)
      } else {
        const issue = cameBack.get(move.reversesId)
        if (issue !== undefined) issues.set(issue, issues.get(issue)!.plus(move.quantity))
        fallShortAgain(shortages, pool, issues, move.id, minorDigits)
      }
    }
    worth.set(move.id, { was: move.value, is: value })
    const { id, direction, quantity } = move
    if (!value.eq(move.value)) changed.push({ id, direction, quantity, was: move.value, is: value })
    for (const again of coveredAnew(move, covered)) {
      const issue = worth.get(again.moveId)
      if (issue) worth.set(again.moveId, { was: issue.was.plus(again.was), is: issue.is.plus(again.is) })
      if (!again.is.eq(again.was)) recovered.push(again)
    }
  }
  for (const [id, { was, is }] of worth) if (!is.eq(was)) values.set(id, is)
  return { changed, recovered, pool, layers, shortages, took }
}

/** What a move was worth and is, as far as the history is told. */
interface Worth {
  readonly was: Decimal
  readonly is: Decimal
}

function coveredAnew(move: HistoryMove, covered: readonly Covered[]): Recovered[] {
  const change = (of: readonly Covered[], moveId: string): Decimal =>
    of.find((c) => c.moveId === moveId)?.change ?? zero
  return [...new Set([...move.covered, ...covered].map((c) => c.moveId))].map((moveId) => ({
    moveId,
    coveredById: move.id,
    was: change(move.covered, moveId),
    is: change(covered, moveId),
  }))
}

/** A move that follows another is worth its share of it; the last share takes the remainder. */
function followed(
  move: HistoryMove,
  values: ReadonlyMap<string, Decimal>,
  worth: ReadonlyMap<string, Worth>,
  back: Map<string, Pool>,
  minorDigits: number,
): Decimal {
  const origin = move.origin
  if (!origin) return move.value
  // Of an issue of this pool, what it cost when the goods came back: who covered it later does not matter for them.
  const then = worth.get(origin.id)
  const whole = then ? (then.is.eq(then.was) ? undefined : then.is) : values.get(origin.id)
  if (whole === undefined) return move.value
  const done = back.get(origin.id) ?? { quantity: zero, value: zero }
  const ends = done.quantity.plus(move.quantity).eq(origin.quantity)
  const value = ends
    ? whole.minus(done.value)
    : roundMoney(whole.times(move.quantity).div(origin.quantity), minorDigits)
  back.set(origin.id, { quantity: done.quantity.plus(move.quantity), value: done.value.plus(value) })
  return value
}
