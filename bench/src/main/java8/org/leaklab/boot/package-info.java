/**
 * Where the jar starts, compiled for Java 8: under a Java that is too old, {@code Bootstrap} says what leaklab needs
 * and which newer JDKs are installed. Else it hands over to {@code org.leaklab.cli.Main}.
 */
package org.leaklab.boot;
