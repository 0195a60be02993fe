import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Trouble } from '../ui/scan/use-camera.ts'

/** Why the camera shows nothing, and the way out; the warehouse mode says the same. */
export const cameraTroubles: Readonly<Record<Trouble, MessageDescriptor>> = {
  insecure: msg`The camera works over https only. Open Zapas with an address that begins with https://.`,
  refused: msg`The camera is not allowed. Allow it for this page in the browser, then try again.`,
  none: msg`This device has no camera.`,
  broken: msg`The camera does not work right now. Type the code or use a scanner.`,
}
