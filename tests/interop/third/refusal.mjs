// What a third verifier refuses with: a code of docs/certificate-format.md, section 10, and its step.
export class Refusal extends Error {
  constructor(code, step = null) {
    super(code);
    this.code = code;
    this.step = step;
  }
}

export function refuse(code) {
  throw new Refusal(code);
}

/** Runs one step of section 8: what it refuses carries the step's number. */
export function step(number, work) {
  try {
    return work();
  } catch(error) {
    if (error instanceof Refusal) error.step ??= number;
    throw error;
  }
}
