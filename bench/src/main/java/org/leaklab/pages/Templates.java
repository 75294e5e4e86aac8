package org.leaklab.pages;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.leaklab.core.text.Printable;

/** Renders the templates of {@code src/main/jte}, which the build compiles to classes. */
public final class Templates {

    private static final TemplateEngine ENGINE = TemplateEngine.createPrecompiled(
            null, ContentType.Html, Templates.class.getClassLoader(), "org.leaklab.pages.compiled");

    private Templates() {}

    /**
     * Renders a template. Control characters in the page are escaped, but line feeds and tabs.
     *
     * @param template its file, {@code report.jte} for example
     * @param model values by the names of its parameters
     */
    public static String render(String template, Map<String, Object> model) {
        StringOutput out = new StringOutput();
        ENGINE.render(template, model, out);
        return Printable.lines(out.toString());
    }

    /** The text of a resource that stands beside a class. */
    public static String resource(Class<?> beside, String name) {
        try (InputStream in = Objects.requireNonNull(beside.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
