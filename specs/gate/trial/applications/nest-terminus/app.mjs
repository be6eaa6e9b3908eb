import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { HealthCheckService, TerminusModule } from '@nestjs/terminus';

class HealthController {
  constructor(health) {
    this.health = health;
  }

  live() {
    return 'ok';
  }

  ready() {
    return this.health.check([]);
  }
}
const { prototype } = HealthController;
for (const [path, name] of [
  ['livez', 'live'],
  ['readyz', 'ready'],
]) {
  Get(path)(prototype, name, Object.getOwnPropertyDescriptor(prototype, name));
}
Reflect.defineMetadata('design:paramtypes', [HealthCheckService], HealthController);
Controller()(HealthController);

class AppModule {}
Module({ imports: [TerminusModule.forRoot({ gracefulShutdownTimeoutMs: 3_000 })], controllers: [HealthController] })(
  AppModule,
);

const app = await NestFactory.create(AppModule);
app.enableShutdownHooks();
await app.listen(8080);
