import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Subject } from '../store/commands.ts'

/** What a command does, in words; numbers of documents come from the server only. */
export function subjectWords({ what, of }: Subject): MessageDescriptor {
  switch (what) {
    case 'receive':
      return msg`Receive goods of ${of}`
    case 'receive-extra':
      return msg`Receive goods beside ${of}`
    case 'deliver':
      return msg`Deliver ${of}`
    case 'count':
      return msg`Book the count: ${of}`
    case 'count-saved':
      return msg`Keep the count: ${of}`
    case 'count-sent':
      return msg`Send what was counted of ${of}`
    case 'transfer':
      return msg`Move ${of}`
    case 'arrive':
      return msg`Take in transfer ${of}`
  }
}
