/** Tests of probes of other JVMs: each starts a JVM of its own. */
package org.leaklab.live;
