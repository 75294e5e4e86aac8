package org.leaklab.pages.report;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;

/** Results that a test plants, and what the page finds in them. */
abstract class FindingsTest {

    private static final Pattern FINDING =
            Pattern.compile("<li>(?:<svg.*?</svg>)?(?!<a)(.*?)(?: <a href=\"#[^<]*</a>)?</li>");

    @TempDir
    Path folder;

    static List<String> findings(Path... inputs) {
        Matcher matcher = FINDING.matcher(ReportPage.html(List.of(inputs)));
        return matcher.results()
                .map(found -> found.group(1).replace("&lt;", "<").replace("&amp;", "&"))
                .toList();
    }
}
