import { NotScriptable } from './syntax';

const TOKEN = /\s*(\d+|[A-Za-z_][A-Za-z0-9_]*|\*\*|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%<>!()?:])/y;
const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['==', '!='],
  ['<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/', '%'],
];

/** Returns the value of `$((…))`, in which a name stands for a number. */
export function arithmetic(expression: string, variable: (name: string) => string): number {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (const text = expression.trimEnd(); TOKEN.lastIndex < text.length; ) {
    const token = TOKEN.exec(text)?.[1];
    if (token === undefined) throw new NotScriptable(`$((${expression}))`);
    tokens.push(token);
  }
  const value = operation(0);
  if (tokens.length > 0) throw new NotScriptable(`$((${expression}))`);
  return value;

  function operation(level: number): number {
    const operators = LEVELS[level];
    if (!operators) return operand();
    let left = operation(level + 1);
    while (tokens[0] !== undefined && operators.includes(tokens[0])) {
      left = compute(left, tokens.shift() ?? '', operation(level + 1));
    }
    return left;
  }

  function operand(): number {
    const token = tokens.shift();
    if (token === '-') return -operand();
    if (token === '+') return operand();
    if (token === '!') return operand() === 0 ? 1 : 0;
    if (token === '(') {
      const inner = operation(0);
      if (tokens.shift() !== ')') throw new NotScriptable(`$((${expression}))`);
      return inner;
    }
    if (token === undefined || !/^\w+$/.test(token)) throw new NotScriptable(`$((${expression}))`);
    return Number(/^\d/.test(token) ? token : variable(token) || '0');
  }
}

function compute(left: number, operator: string, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return Math.trunc(left / right);
    case '%':
      return left % right;
    case '==':
      return Number(left === right);
    case '!=':
      return Number(left !== right);
    case '<':
      return Number(left < right);
    case '<=':
      return Number(left <= right);
    case '>':
      return Number(left > right);
    case '>=':
      return Number(left >= right);
    case '&&':
      return Number(left !== 0 && right !== 0);
    default:
      return Number(left !== 0 || right !== 0);
  }
}
