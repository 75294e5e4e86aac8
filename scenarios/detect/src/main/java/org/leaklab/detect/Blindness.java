package org.leaklab.detect;

import java.util.Optional;

/** Why a check of a source would prove nothing in this JVM, and what to do about it. */
final class Blindness {

    private Blindness() {}

    /** The message of a check that found nothing and cannot see all threads; empty if it sees all. */
    static Optional<String> of(ThreadSource source, boolean onlyLaunchers) {
        if (onlyLaunchers || !(source instanceof ThreadSource.OfJvm) || JvmThreads.seesVirtual()) {
            return Optional.empty();
        }
        String message = "the check found no thread that was left behind, but it cannot see virtual threads that no"
                + " launcher started: " + JvmThreads.remedy()
                + ", or check threads of launchers alone with LeakCheck.onlyLaunchers() or"
                + " @VerifyNoLeaks(onlyLaunchers = true)";
        return Optional.of(message + JvmThreads.linesOfBuild());
    }
}
