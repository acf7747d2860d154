import { Node } from '../../source.ts';
import { ownNodes } from '../../walk.ts';

/** Whether a returned value is what a write gives, e.g. `this.db.save(user)` or `toUser(await this.db.save(user))`. */
export function writesIn(value: Node | undefined): boolean {
  if (!value) return false;
  const calls = ownNodes(value).filter(
    (node) => Node.isCallExpression(node) || Node.isTaggedTemplateExpression(node),
  );
  return calls.some(mayWrite);
}

/** Calls that only compute. */
const COMPUTES =
  /^(?:map|filter|flatMap|at|find|slice|reduce|join|keys|values|entries|parse|stringify|String|Number|BigInt|Boolean|structuredClone|assign|freeze|fromEntries)$|^(?:to|from|as|map|parse|hydrate|serialize|deserialize|format|is|has)[A-Z]/;
/** Calls that change nothing that is stored. */
const READS =
  /^#?(?:find|get|fetch|load|read|retrieve|lookup|list|search|select|query(?=[A-Z])|exists|is|has|can|count|check|validate|verify|assert|ensure|require|authorize|compare|hash|sleep|delay|wait|publish|emit|notify|log|connect|begin|import)(?=[A-Z]|$)/;
const WRITES = /(?:And|Or)(?:Update|Delete|Remove|Replace|Create|Insert|Save|Modify)|^fetch$/;

/** Whether a call may store something: anything that does not look like a computation or a read. */
export function mayWrite(value: Node): boolean {
  if (Node.isTaggedTemplateExpression(value))
    return !/^`\s*select\b/i.test(value.getTemplate().getText());
  if (!Node.isCallExpression(value)) return writesIn(value);
  const callee = value.getExpression();
  const name = Node.isPropertyAccessExpression(callee) ? callee.getName() : callee.getText();
  if (WRITES.test(name)) return true;
  if (COMPUTES.test(name) || READS.test(name)) return false;
  return !/^['"`]\s*select\b/i.test(value.getArguments()[0]?.getText() ?? '');
}
