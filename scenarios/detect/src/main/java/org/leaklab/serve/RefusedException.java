package org.leaklab.serve;

/**
 * Thrown where a request is refused; it holds the answer that says why. Without a stack: a refusal is no fault here.
 */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Answer answer;

    RefusedException(int status, String sentence) {
        this(Answer.refusal(status, sentence));
    }

    RefusedException(Answer answer) {
        super(null, null, false, false);
        this.answer = answer;
    }

    Answer answer() {
        return answer;
    }
}
