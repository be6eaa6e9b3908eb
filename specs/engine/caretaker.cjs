// Removes everything that a spec started on the engine after the process of the spec exits in any way.
const { getContainerRuntimeClient } = require('testcontainers');

const [, , label] = process.argv;

async function removeAll() {
  const { dockerode } = (await getContainerRuntimeClient()).container;
  const containers = await dockerode.listContainers({ all: true, filters: { label: [label] } });
  await Promise.allSettled(containers.map(({ Id }) => dockerode.getContainer(Id).remove({ force: true, v: true })));
}

if (process.connected) process.once('disconnect', removeAll);
else removeAll();
