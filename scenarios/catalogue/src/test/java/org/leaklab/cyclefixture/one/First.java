package org.leaklab.cyclefixture.one;

import org.leaklab.cyclefixture.two.Second;

/** Half of a package cycle, for the test that the rule sees one. */
public class First {
    Second other;
}
