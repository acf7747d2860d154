import axios from 'axios';

interface User {
  readonly id: string;
}

export const load = async (id: string): Promise<User> => {
  const { data } = await axios.get<User>(`/users/${id}`);
  return data;
};

const http = axios.create();
export const other = () => http.get<User>('/other');
