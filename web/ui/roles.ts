import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Role } from '../../src/permissions.ts'

/** What a person of each role is called. */
export const roleWords: Readonly<Record<Role, MessageDescriptor>> = {
  owner: msg`Owner`,
  sales: msg`Sales`,
  purchasing: msg`Purchasing`,
  warehouse: msg({ message: 'Warehouse', context: 'role' }),
  accounting: msg`Accounting`,
  viewer: msg`Reads only`,
  customer: msg`Customer's login`,
}
