export {
  type LotInput,
  type LotsInput,
  type TrackedGoods,
  type Tracking,
  faultOfLots,
  figure,
  firstNamed,
  namedLots,
  namedTwice,
  serialsOf,
  toldOf,
  trackedPart,
} from './lots.ts'
export { TrackedFields } from './tracked-fields.tsx'
export { type TrackedProduct, inBaseUnits, useTrackedProducts } from './tracked-products.ts'
