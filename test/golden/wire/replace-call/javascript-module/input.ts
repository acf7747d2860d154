import axios from 'axios'

export const load = async id => axios.get(id)
