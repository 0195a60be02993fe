import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { limitsOfGoods } from '../ui/limits-of-goods.ts'
import { useRefusals } from '../ui/refusals.ts'

const whole: Readonly<Record<string, MessageDescriptor>> = {
  'Nothing is left to deliver.': msg`Nothing is left to deliver.`,
  'Nothing is left to receive.': msg`Nothing is left to receive.`,
  'Nothing of this transfer is in transit.': msg`Nothing of this transfer is in transit.`,
  'Everything of this transfer has arrived.': msg`Everything of this transfer has arrived.`,
}

export const useRefusal = () => useRefusals(whole, () => limitsOfGoods)
