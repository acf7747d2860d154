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
  /^#?(?:find|get|fetch|load|read|retrieve|lookup|list|search|select|query(?=[A-Z])|exists|is|has|can|count|check|validate|verify|assert|ensure|require|authorize|compare|hash|sleep|delay|wait|publish|emit|notify|log|audit|track|mail|email|enqueue|connect|begin|import)(?=[A-Z]|$)/;
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

const STATEMENT = /^['"`]\s*(?:insert|update|delete|merge|replace|upsert)\b/i;
const STORES =
  /^(?:insert|update|upsert|save|put|persist|delete|remove|drop|destroy|replace|findOneAnd|findByIdAnd)(?=[A-Z]|$)/;

/** Whether code runs a statement, or calls a method, that by its name changes what is stored; what a `Map` or `Set` of the file holds is not. */
export function isStored(node: Node): boolean {
  if (Node.isStringLiteral(node) || Node.isNoSubstitutionTemplateLiteral(node)) {
    return STATEMENT.test(node.getText());
  }
  if (Node.isTemplateExpression(node)) return STATEMENT.test(node.getHead().getText());
  if (!Node.isCallExpression(node)) return false;
  const [first] = node.getArguments();
  if (first && !Node.isCallExpression(first) && isStored(first)) return true;
  const callee = node.getExpression();
  return (
    Node.isPropertyAccessExpression(callee) &&
    STORES.test(callee.getName()) &&
    !isInMemory(callee.getExpression())
  );
}

/** `this.#seen` or `seen`, which the file makes as `new Map()`. */
function isInMemory(holder: Node): boolean {
  const name = /[\w$]+$/.exec(holder.getText())?.[0];
  if (name === undefined) return false;
  const made = new RegExp(
    `\\b${name.replaceAll('$', '\\$')}\\b[^\\n=;(]*=\\s*new (?:Weak)?(?:Map|Set)\\b`,
  );
  return made.test(holder.getSourceFile().getFullText());
}

/** Begins, ends or takes back a transaction. */
const SETTLES =
  /^(?:startTransaction|beginTransaction|commit|commitTransaction|rollback|rollbackTransaction)$/;

/** Whether a function runs a transaction by statements of its own: until it is committed, what is read is what was there before. */
export const settlesTransaction = (body: Node): boolean =>
  ownNodes(body).some((node) => {
    if (Node.isStringLiteral(node) || Node.isNoSubstitutionTemplateLiteral(node)) {
      return /^(?:begin|start transaction|commit|rollback)\b/i.test(node.getLiteralText().trim());
    }
    const callee = Node.isCallExpression(node) ? node.getExpression() : undefined;
    return Node.isPropertyAccessExpression(callee) && SETTLES.test(callee.getName());
  });
