/**
 * The heap of a dump as a graph: objects with their classes, fields, references and sizes, and what is retained.
 *
 * <p>Begin with {@link org.leaklab.heapdump.graph.HeapLoader}, which says what is loaded when, and
 * {@link org.leaklab.heapdump.graph.Heap}, the objects by number. {@link org.leaklab.heapdump.graph.Fields} reads
 * fields by their names, {@link org.leaklab.heapdump.graph.Edges} visits the references of an object: what is left out
 * of the graph, and why, stands there. {@link org.leaklab.heapdump.graph.Retained} weighs what would be freed.
 *
 * <p>Nothing here knows which threads there are, nor who waits for what.
 */
@NullMarked
package org.leaklab.heapdump.graph;

import org.jspecify.annotations.NullMarked;
