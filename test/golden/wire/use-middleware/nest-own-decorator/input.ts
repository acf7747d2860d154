const Module = (_metadata: object) => (value: unknown) => value;

@Module({ imports: [] })
export class AppModule {}

export default '@nestjs/common';
