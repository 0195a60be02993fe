/**
 * A value that code may treat as whatever it likes: read fields of it, call it, walk over it, print it.
 * Stands in for the parameters of a statement whose text does not depend on them.
 */
export function anything(): unknown {
  const known: Record<PropertyKey, unknown> = {
    [Symbol.iterator]: () => [][Symbol.iterator](),
    [Symbol.toPrimitive]: () => '1',
    toString: () => '1',
    toJSON: () => null,
    length: 0,
    map: () => [],
    flatMap: () => [],
    filter: () => [],
    join: () => '',
  }
  return new Proxy(() => anything(), {
    get: (_target, key) => (Object.hasOwn(known, key) ? known[key] : key === 'then' ? undefined : anything()),
  })
}
