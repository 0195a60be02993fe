import { ruleBroken } from '../../kernel/problem.ts'
import { isInternalHost } from '../../kernel/public-addresses.ts'

/**
 * Refuses an address that webhooks are not sent to. Names are looked up when something is sent, not here:
 * what a name stands for may change in between.
 */
export function refuseAddress(url: string, internalAllowed: boolean): void {
  const refuse = (code: string, message: string) => ruleBroken(code, '/url', message)
  const parsed = URL.parse(url)
  if (parsed === null || !['http:', 'https:'].includes(parsed.protocol))
    throw refuse(
      'not-an-address',
      'This must be a whole https address, such as https://shop.example.com/zapas.',
    )
  if (parsed.username !== '' || parsed.password !== '')
    throw refuse(
      'password-in-address',
      'An address must hold no name and password; the signature proves who sends.',
    )
  if (internalAllowed) return
  if (parsed.protocol === 'http:')
    throw refuse(
      'not-https',
      'This must be an https address; http only where internal addresses are allowed.',
    )
  if (isInternalHost(parsed.hostname)) throw refuse('internal-address', `${parsed.hostname} ${inside}`)
}

/** What is said of such an address, behind it. */
export const inside =
  'is an internal address. Webhooks are sent there only where "internalAllowed" is set, for programs of your own.'
