package org.leaklab.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gg.jte.Content;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The shell escapes what it is given, holds all that it needs, and asks for nothing. */
@Tag("once")
class PageTest {

    private static String render(Page page, String text) {
        Content content = out -> out.writeUserContent(text);
        return Templates.render("base.jte", Map.of("page", page, "content", content));
    }

    @Test
    void textIsEscapedWhereverItStands() {
        Page page = Page.of("a < b & \"c\"", "<script>", List.of(new Page.Link("<i>", "x\" onclick=\"alert(1)")));
        assertThat(render(page, "<b>bold</b>"))
                .contains("<title>a &lt; b &amp; \"c\"</title>")
                .contains("content=\"&lt;script>\"")
                .contains("<p class=\"lead\">&lt;script&gt;</p>")
                .contains("<a href=\"x&#34; onclick=&#34;alert(1)\">&lt;i&gt;</a>")
                .contains("&lt;b&gt;bold&lt;/b&gt;");
    }

    @Test
    void stylesAndScriptsAreInThePageAsTheyAre() {
        Page page =
                new Page("Title", "Description", List.of(), List.of("a > b { color: red }"), List.of("1 < 2 && 3;"));
        assertThat(render(page, ""))
                .contains("<style>\na > b { color: red }</style>")
                .contains("<script>\n1 < 2 && 3;</script>")
                .contains("color-scheme: light dark", "themechange")
                .doesNotContain("<nav")
                .doesNotContain("http://", "https://", "<script src", "@import url");
    }

    @Test
    void whatWouldEndItsElementIsRefused() {
        assertThatThrownBy(() -> new Page("", "", List.of(), List.of(), List.of("'</SCRIPT>'")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("</script");
        assertThatThrownBy(() -> new Page("", "", List.of(), List.of("</style>"), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("</style");
    }
}
