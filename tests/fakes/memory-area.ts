/** A key-value area of the extension in memory. `held` is what is in it. */
export function memoryArea() {
  const held: Record<string, unknown> = {};
  const replace = (rest: Record<string, unknown>) => {
    for (const key of Object.keys(held)) delete held[key];
    Object.assign(held, rest);
  };
  const area = {
    get: async (key: string) => structuredClone(held[key]),
    set: async (key: string, value: unknown) => void Object.assign(held, { [key]: structuredClone(value) }),
    setAll: async (values: Record<string, unknown>) => void Object.assign(held, structuredClone(values)),
    remove: async (key: string) => void delete held[key],
    rewrite: async (change: (all: Record<string, unknown>) => Record<string, unknown>) => replace(change({ ...held })),
  };
  return { area, held };
}
