export class Orders {
  load(id: string): Promise<Response> {
    return fetch(id);
  }
}

export class Users {
  load(id: string): Promise<Response> {
    return fetch(id);
  }
}
