package org.leaklab.cyclefixture.two;

import org.leaklab.cyclefixture.one.First;

/** The other half. */
public class Second {
    First other;
}
