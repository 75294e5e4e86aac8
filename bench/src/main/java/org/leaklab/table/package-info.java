/**
 * Tables of text: {@link org.leaklab.table.Table} prints its rows with aligned columns for a terminal, or as Markdown.
 */
@NullMarked
package org.leaklab.table;

import org.jspecify.annotations.NullMarked;
