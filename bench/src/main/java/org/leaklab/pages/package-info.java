/**
 * Pages of HTML. {@code org.leaklab.pages.report} makes one page of results, {@code org.leaklab.pages.lessons} one page
 * for each scenario; here is what both use.
 *
 * <p>{@link org.leaklab.pages.Templates} renders a template of {@code src/main/jte} with a model.
 * {@link org.leaklab.pages.Page} is what the shell around every page, {@code base.jte}, needs to know. Styles and
 * scripts are inside the page, so that it opens from a file and asks nothing of any network; it reads well without
 * scripts. Nothing that is drawn is shared: charts of the report are drawn by {@code charts.js}, pictures of lessons
 * are SVG.
 *
 * <p>How to write a template: begin with {@code @param Page page} and wrap the content in {@code @template.base(page =
 * page, content = @`...`)}. What a template prints is escaped for the place where it stands; only {@code $unsafe} is
 * not. A table of the class {@code sortable} with a {@code thead} is sorted by a click on a heading, by the attribute
 * {@code data-value} of its cells where they have one. Around a wide table put a {@code div} of the class
 * {@code scroll} with {@code tabindex="0"}, {@code role="region"} and a label. Scripts learn of another theme by the
 * event {@code themechange} of the document.
 */
@NullMarked
package org.leaklab.pages;

import org.jspecify.annotations.NullMarked;
