import grpc from '@grpc/grpc-js';
import { HealthImplementation } from 'grpc-health-check';

const health = new HealthImplementation({ '': 'SERVING' });
const server = new grpc.Server();
health.addToServer(server);
server.bindAsync('0.0.0.0:50051', grpc.ServerCredentials.createInsecure(), (error) => {
  if (error) throw error;
});
process.on('SIGTERM', () => {
  health.setStatus('', 'NOT_SERVING');
  setTimeout(() => server.tryShutdown(() => process.exit(0)), 2_000);
});
