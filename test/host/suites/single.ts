import './contributions.ts';
import './scaffold.ts';
