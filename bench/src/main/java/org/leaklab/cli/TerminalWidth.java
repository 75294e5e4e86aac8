package org.leaklab.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** How many characters fit on a line. */
final class TerminalWidth {

    /** Where nobody says: in a file, and in the log of a build. */
    static final int WITHOUT_TERMINAL = 120;

    private static final int NARROWEST = 72;
    private static final int WIDEST = 1000;
    private static final int PATIENCE_SECONDS = 2;

    private TerminalWidth() {}

    /** What {@code COLUMNS} says, or else the terminal, where the output goes to one. */
    static int now() {
        return of(String.valueOf(System.getenv("COLUMNS")), isTerminal());
    }

    static int of(String columns, boolean terminal) {
        int said = number(columns);
        if (said == 0 && terminal) {
            said = number(asked());
        }
        return said == 0 ? WITHOUT_TERMINAL : Math.clamp(said, NARROWEST, WIDEST);
    }

    /** No console means no terminal; from JDK 22 to 24 there is always one, and stty tells. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        return System.console() != null;
    }

    private static int number(String text) {
        return text.strip().matches("[1-9]\\d{0,4}") ? Integer.parseInt(text.strip()) : 0;
    }

    /** Asks the terminal that the input comes from; empty where there is none. */
    private static String asked() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return stty.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) ? size.replaceFirst("^\\d+ ", "") : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
