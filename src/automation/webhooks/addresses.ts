import type { LookupAddress, LookupAllOptions } from 'node:dns'
import { type LookupFunction, isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { ruleBroken } from '../../kernel/problem.ts'

/** True for an address that anybody on the internet can reach: not loopback, private, link-local, reserved. */
function isPublic(address: string): boolean {
  // 'process' takes an IPv4 address in IPv6 clothes for what it is.
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast'
}

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

const inside =
  'is an internal address. Webhooks are sent there only where "internalAllowed" is set, for programs of your own.'

function isInternalHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0) return !isPublic(host)
  return host === 'localhost' || host.endsWith('.localhost') || !host.includes('.')
}

/** Looks a name up and gives all its addresses, as `dns.lookup` does. */
export type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  done: (error: Error | null, addresses: LookupAddress[]) => void,
) => void

/**
 * Looks names up for the connection itself and gives only their public addresses, so that no name can lead
 * inside, not even one that changes between a check and the connection.
 */
export function publicOnly(resolve: Resolve): LookupFunction {
  return (hostname, options, done) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return done(error, [])
      const open = addresses.filter(({ address }) => isPublic(address))
      if (open.length === 0) return done(new Error(`${hostname} ${inside}`), [])
      if (options.all) return done(null, open)
      done(null, open[0]!.address, open[0]!.family)
    })
  }
}
