import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { OneOf } from '../../api/index.ts'

/** The categories of EN 16931. 0 %, exempt, not subject and reverse charge are four different things. */
export const taxCategories: Readonly<Record<OneOf<'taxes'>['category'], MessageDescriptor>> = {
  S: msg`Standard rate`,
  Z: msg`Zero rate`,
  E: msg`Exempt`,
  AE: msg`Reverse charge`,
  K: msg`Supply within the EU`,
  G: msg`Export outside the EU`,
  O: msg`Not subject to tax`,
  L: msg`Canary Islands (IGIC)`,
  M: msg`Ceuta and Melilla (IPSI)`,
}
