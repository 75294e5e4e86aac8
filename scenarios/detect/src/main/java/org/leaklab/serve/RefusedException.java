package org.leaklab.serve;

/**
 * Thrown where a request is refused; it holds the answer that says why. Without a stack: a refusal is no fault here.
 */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient HttpAnswer answer;

    RefusedException(int status, String sentence) {
        this(HttpAnswer.refusal(status, sentence));
    }

    RefusedException(HttpAnswer answer) {
        super(null, null, false, false);
        this.answer = answer;
    }

    HttpAnswer answer() {
        return answer;
    }
}
