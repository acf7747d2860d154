export class Orders {
  load(id: string): Promise<Response> {
    return fetch(id);
  }

  save = async (id: string): Promise<Response> => {
    return fetch(id);
  };
}
