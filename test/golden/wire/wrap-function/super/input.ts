import { Base } from './base.js';

export class Child extends Base {
  override async read(id: string): Promise<string> {
    return `child ${await super.read(id)}`;
  }
}
