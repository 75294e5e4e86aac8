/** What the tests of several modules share; in the jar of type {@code test-jar} beside the core's. */
package org.leaklab.testing;
