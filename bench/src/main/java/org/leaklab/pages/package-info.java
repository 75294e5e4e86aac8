/**
 * Pages of HTML that stand alone: {@link org.leaklab.pages.Templates} renders a template of {@code src/main/jte} with a
 * model, and {@link org.leaklab.pages.Page} is what its shell, {@code base.jte}, needs to know. Styles and scripts are
 * inside the page, so that it opens from a file and asks nothing of any network; it reads well with scripting off.
 *
 * <p>A template begins with {@code @param Page page} and wraps what it has in {@code @template.base(page = page,
 * content = @`...`)}. What it prints is escaped for the place where it stands; only {@code $unsafe} is not. A table of
 * the class {@code sortable} with a {@code thead} sorts by a click on a heading, by the attribute {@code data-value} of
 * its cells where they have one; around a wide one goes a {@code div} of the class {@code scroll} with
 * {@code tabindex="0"}, {@code role="region"} and a label. Scripts hear of another theme by the event
 * {@code themechange} of the document.
 */
@NullMarked
package org.leaklab.pages;

import org.jspecify.annotations.NullMarked;
