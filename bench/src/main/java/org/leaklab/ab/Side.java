package org.leaklab.ab;

/** One of the two that are compared. */
public enum Side {
    BASE,
    NEW
}
