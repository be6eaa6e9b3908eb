import express from 'express';
import { createLightship } from 'lightship';

const lightship = await createLightship({
  detectKubernetes: false,
  port: 9000,
  shutdownDelay: 5_000,
  gracefulShutdownTimeout: 10_000,
});
const app = express();
app.get('/', (_, response) => response.send('ok\n'));
const server = app.listen(8080, () => lightship.signalReady());
lightship.registerShutdownHandler(() => new Promise((resolve) => server.close(resolve)));
