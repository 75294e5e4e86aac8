package org.leaklab.junit.suite;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.text.Printable;
import org.leaklab.detect.ThreadSnapshot;

/**
 * Writes what suites left behind as JSON. The object has {@code mode}, {@code total}, {@code known},
 * {@code neverWoken}, {@code blind} (null if all threads were seen), {@code broken} (null if the check was made to its
 * end), {@code notes} and {@code threads}. A thread has {@code name}, {@code id}, {@code kind}, {@code state},
 * {@code waitsOn}, {@code startedBy} (names of tests, of which one started it), {@code certain} (whether that is more
 * than a matter of time), {@code byThreadOf} (the test of whose threads one started it; null if that is not seen),
 * {@code verdict}, {@code known}, {@code firstOwnFrame} and {@code stack}.
 */
final class SuiteJson {

    private SuiteJson() {}

    static String of(SuiteSettings.Mode mode, SuiteReport report) {
        List<LeftThread> left = report.left();
        return "{\n  \"mode\" : " + string(mode.name().toLowerCase(Locale.ROOT))
                + ",\n  \"total\" : " + left.size()
                + ",\n  \"known\" : " + left.stream().filter(LeftThread::known).count()
                + ",\n  \"neverWoken\" : "
                + left.stream().filter(each -> each.verdict().isProof()).count()
                + ",\n  \"blind\" : " + string(report.blind())
                + ",\n  \"broken\" : " + string(report.broken())
                + ",\n  \"notes\" : " + strings(report.notes())
                + ",\n  \"threads\" : "
                + left.stream().map(SuiteJson::thread).collect(Collectors.joining(", ", "[ ", " ]"))
                + "\n}\n";
    }

    private static String thread(LeftThread thread) {
        ThreadSnapshot look = thread.look();
        return "{\n    \"name\" : " + string(look.name())
                + ",\n    \"id\" : " + look.threadId()
                + ",\n    \"kind\" : " + string(look.kind().name().toLowerCase(Locale.ROOT))
                + ",\n    \"state\" : " + string(SuiteReport.state(look))
                + ",\n    \"waitsOn\" : " + string(look.waitsOn())
                + ",\n    \"startedBy\" : "
                + strings(thread.starter().tests().stream()
                        .map(TestsSeen.Test::name)
                        .toList())
                + ",\n    \"certain\" : " + thread.starter().certain()
                + ",\n    \"byThreadOf\" : " + string(name(thread.starter().through()))
                + ",\n    \"verdict\" : "
                + string(thread.verdict().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                + ",\n    \"known\" : " + thread.known()
                + ",\n    \"firstOwnFrame\" : "
                + string(look.firstOwnFrame().map(StackTraceElement::toString).orElse(null))
                + ",\n    \"stack\" : "
                + strings(look.stack().stream().map(StackTraceElement::toString).toList())
                + "\n  }";
    }

    private static @Nullable String name(TestsSeen.@Nullable Test test) {
        return test == null ? null : test.name();
    }

    private static String strings(List<String> texts) {
        return texts.stream().map(SuiteJson::string).collect(Collectors.joining(", ", "[ ", " ]"));
    }

    private static String string(@Nullable String text) {
        if (text == null) {
            return "null";
        }
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
            } else if (Printable.isPrintable(c)) {
                quoted.appendCodePoint(c);
            } else {
                quoted.append(Printable.unicodeEscape(c));
            }
        });
        return quoted.append('"').toString();
    }
}
