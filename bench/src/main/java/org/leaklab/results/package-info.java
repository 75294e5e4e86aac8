/**
 * JMH's results as they stand in files: {@link org.leaklab.results.ResultFile} reads what any version of JMH wrote for
 * any project, and {@link org.leaklab.results.JmhResult} is one benchmark with its parameters.
 */
@NullMarked
package org.leaklab.results;

import org.jspecify.annotations.NullMarked;
