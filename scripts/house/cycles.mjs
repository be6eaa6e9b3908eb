/** Returns the groups of files that import each other in a cycle. Default edges: all. */
export function findCycles(sources, counts = () => true) {
  return groupsIn(new Map(sources.map(({ file, imports }) => [file, imports.filter(counts).map(({ to }) => to)])));
}

/** Returns the strongly connected groups of more than one node (Tarjan). */
function groupsIn(next) {
  const order = new Map();
  const low = new Map();
  const stack = [];
  const groups = [];
  const visit = (node) => {
    order.set(node, order.size);
    low.set(node, order.get(node));
    stack.push(node);
    for (const to of next.get(node) ?? []) {
      if (!order.has(to)) visit(to);
      if (stack.includes(to)) low.set(node, Math.min(low.get(node), low.get(to)));
    }
    if (low.get(node) !== order.get(node)) return;
    const group = stack.splice(stack.indexOf(node));
    if (group.length > 1) groups.push(group.sort());
  };
  for (const node of next.keys()) if (!order.has(node)) visit(node);
  return groups;
}
