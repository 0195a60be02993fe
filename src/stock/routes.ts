import { Count } from '../http/count.ts'
import { type AnyRoute, route } from '../http/route.ts'
import { page } from '../http/schemas.ts'
import { findAvailability } from './availability/find-availability.ts'
import { AvailabilityOut, AvailabilityQuestion } from './availability/schema.ts'
import { listBalances } from './balances/list-balances.ts'
import { BalanceOut, BalanceQuery } from './balances/schema.ts'
import { explainLevel } from './explain/explain-level.ts'
import { ExplainQuery, ExplanationOut } from './explain/schema.ts'
import { countLevels, listLevels } from './levels/list-levels.ts'
import { LevelCountQuery, LevelOut, LevelQuery } from './levels/schema.ts'
import { listMoves } from './moves/list-moves.ts'
import { MoveOut, MoveQuery, TurnoverOut, TurnoverQuery } from './moves/schema.ts'
import { stockTurnover } from './moves/turnover.ts'
import { countProductStock, listProductStock } from './products/list-product-stock.ts'
import { ProductStockCountQuery, ProductStockOut, ProductStockQuery } from './products/schema.ts'
import { StockValueOut, stockValue } from './value/stock-value.ts'
import { reservationRoutes } from './reservations/routes.ts'

const tag = 'Stock'
const permission = 'stock:read'

/** What is where, why, what may be promised of it, and what is held for whom. */
export const routes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/stock/products',
    summary: 'Products, each with its stock in all warehouses together',
    description: 'Archived ones only when asked for. Sorts by name, sku, category, salesPrice and id.',
    tag,
    permission,
    query: ProductStockQuery,
    response: page(ProductStockOut),
    handle: (tx, { query, ctx }) => listProductStock(tx, ctx, query),
  }),
  route({
    method: 'GET',
    path: '/stock/products/count',
    summary: 'Count products by their stock',
    tag,
    permission,
    query: ProductStockCountQuery,
    response: Count,
    handle: (tx, { query, ctx }) => countProductStock(tx, ctx, query),
  }),
  route({
    method: 'GET',
    path: '/stock/levels',
    summary: 'What is on hand, reserved, available and expected, per product and warehouse',
    description: 'Searches the products. Sorts by sku, name, onHand, value and id (of the product).',
    tag,
    permission,
    query: LevelQuery,
    response: page(LevelOut),
    handle: (tx, { query, ctx }) => listLevels(tx, ctx, query),
  }),
  route({
    method: 'GET',
    path: '/stock/levels/count',
    summary: 'Count stock levels',
    tag,
    permission,
    query: LevelCountQuery,
    response: Count,
    handle: (tx, { query, ctx }) => countLevels(tx, ctx, query),
  }),
  route({
    method: 'GET',
    path: '/stock/levels/explain',
    summary: 'Why a figure of a level is what it is: the rows that add up to it, and the rule',
    tag,
    permission,
    query: ExplainQuery,
    response: ExplanationOut,
    handle: (tx, { query, ctx }) => explainLevel(tx, ctx, query),
  }),
  route({
    method: 'GET',
    path: '/stock/value',
    summary: 'What the goods are worth, by warehouse',
    tag,
    permission,
    response: StockValueOut,
    handle: (tx, { ctx }) => stockValue(tx, ctx),
  }),
  route({
    method: 'GET',
    path: '/stock/moves',
    summary: 'The stock ledger, newest first',
    description:
      'With productId and warehouseId each row says what was on hand after it. Sorts by id, which is the order in which it was written.',
    tag,
    permission,
    query: MoveQuery,
    response: page(MoveOut),
    handle: (tx, { query, ctx }) => listMoves(tx, ctx, query),
  }),
  route({
    method: 'GET',
    path: '/stock/turnover',
    summary: 'Opening and closing balance of a product in a warehouse over a span of days',
    tag,
    permission,
    query: TurnoverQuery,
    response: TurnoverOut,
    handle: (tx, { query, ctx }) => stockTurnover(tx, ctx, query),
  }),
  route({
    method: 'GET',
    path: '/stock/balances',
    summary: 'Where goods lie: per product, location and lot',
    description: 'Sorts by sku and location.',
    tag,
    permission,
    query: BalanceQuery,
    response: page(BalanceOut),
    handle: (tx, { query, ctx }) => listBalances(tx, ctx, query),
  }),
  route({
    method: 'POST',
    path: '/stock/availability',
    summary: 'Price and availability for many lines in one call',
    description: 'Changes nothing. Asks about one warehouse, the oldest unless one is named.',
    tag,
    permission,
    readOnly: true,
    body: AvailabilityQuestion,
    response: AvailabilityOut,
    example: {
      body: { lines: [{ productId: '01930000-0000-7000-8000-000000000002', unit: 'box', quantity: '5' }] },
    },
    handle: (tx, { body, ctx }) => findAvailability(tx, ctx, body),
  }),
  ...reservationRoutes,
]
