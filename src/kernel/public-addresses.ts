import type { LookupAddress, LookupAllOptions } from 'node:dns'
import { type LookupFunction, isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** True for an address that anybody on the internet can reach: not loopback, private, link-local, reserved. */
export function isPublic(address: string): boolean {
  // 'process' takes an IPv4 address in IPv6 clothes for what it is.
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast'
}

/** True for an address of this very machine. */
export function isLoopback(address: string): boolean {
  return ipaddr.isValid(address) && ['loopback', 'unspecified'].includes(ipaddr.process(address).range())
}

/** True for a host that lies inside by its very name; what another name stands for is known when it is looked up. */
export function isInternalHost(hostname: string): boolean {
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
 * @param inside what is said of a name that has none, behind the name.
 */
export function publicOnly(resolve: Resolve, inside: string): LookupFunction {
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
