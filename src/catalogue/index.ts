import type { AnyRoute } from '../http/route.ts'
import './constraints.ts'
import { currencyRoutes } from './currencies/routes.ts'
import { exchangeRateRoutes } from './exchange-rates/routes.ts'
import { lotRoutes } from './lots/routes.ts'
import { priceBookRoutes } from './price-books/routes.ts'
import { productRoutes } from './products/routes.ts'
import { taxRoutes } from './taxes/routes.ts'
import { unitRoutes } from './units-in-use/routes.ts'
import { locationRoutes } from './warehouses/location-routes.ts'

/**
 * What is bought and sold, and what that needs: units, prices, taxes, currencies, warehouses with their
 * locations, lots. Documents read it through the functions below and keep copies (R16).
 */
export { createCurrencies } from './currencies/create-currencies.ts'
export { type Currency, findCurrency } from './currencies/find-currency.ts'
export { isoCurrencies } from './currencies/iso-currencies.ts'
export { rateOn } from './exchange-rates/find-rate.ts'
export { RateBody } from './exchange-rates/schema.ts'
export { setRate } from './exchange-rates/write-rates.ts'
export { type Lot, findLots, findLotsByNumber } from './lots/find-lots.ts'
export { type PriceChoice, type PriceQuestion, choosePrices } from './price-books/choose-prices.ts'
export {
  type PriceBookHeadRow,
  findPriceBooksAfterId,
  findPriceBooksByName,
} from './price-books/find-price-books.ts'
export { inMode, modeOfNewDocument } from './price-books/price-mode.ts'
export { PriceBookBody, type PriceBookInput } from './price-books/schema.ts'
export { setPrices } from './price-books/set-prices.ts'
export { changePriceBook, createPriceBook } from './price-books/write-price-books.ts'
export { changeProduct } from './products/change-product.ts'
export { createProducts } from './products/create-products.ts'
export { type Product, findProducts } from './products/find-products.ts'
export {
  findProductsAfterSku,
  findProductsByName,
  findProductsBySku,
} from './products/find-products-by-sku.ts'
export type { ProductRow } from './products/product-row.ts'
export { completeProduct } from './products/product-rules.ts'
export { ProductBody, type ProductInput } from './products/schema.ts'
export { type Tax, findAllTaxes, taxPercentOf } from './taxes/find-taxes.ts'
export { type Measured, type Ratio, type Unit, fromBase, inUnit, toBase, unitOf } from './units.ts'
export { createVirtualLocations, createWarehouse } from './warehouses/create-warehouse.ts'
export {
  type Location,
  type LocationType,
  type VirtualLocations,
  type Warehouse,
  type WarehouseLocations,
  findDefaultWarehouse,
  findLocations,
  findVirtualLocations,
  findWarehouse,
} from './warehouses/find-warehouses.ts'

/** Everything but the warehouses: see `warehouseRoutes`. */
export const routes: AnyRoute[] = [
  ...productRoutes,
  ...unitRoutes,
  ...priceBookRoutes,
  ...taxRoutes,
  ...currencyRoutes,
  ...exchangeRateRoutes,
  ...locationRoutes,
  ...lotRoutes,
]

export { warehouseRoutes } from './warehouses/routes.ts'
export type { WarehouseHooks } from './warehouses/write-warehouses.ts'
